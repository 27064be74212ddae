import { CfnConfigurationSet, CfnPool, CfnSenderId } from 'aws-cdk-lib/aws-smsvoice';
import { Construct } from 'constructs';

export interface TextSenderProps {
  readonly sender: string;
  readonly countries: readonly string[];
  readonly stage: string;
}

/**
 * As whom text messages come: a name in each country, in one pool, so that one right covers them and the service
 * chooses by the number. What becomes of a message is an event on the default bus, told without the number.
 */
export class TextSender extends Construct {
  readonly pool: CfnPool;
  readonly configurationSet: CfnConfigurationSet;
  readonly configurationSetName: string;

  constructor(scope: Construct, id: string, { sender, countries, stage }: TextSenderProps) {
    super(scope, id);
    this.configurationSetName = `mes-${stage}`;
    this.configurationSet = new CfnConfigurationSet(this, 'SMS_CONFIGURATION_SET', {
      configurationSetName: this.configurationSetName,
      defaultSenderId: sender,
    });
    const senders = countries.map(
      (isoCountryCode) =>
        new CfnSenderId(this, `sender-${isoCountryCode}`, { senderId: sender, isoCountryCode }),
    );
    // Nobody can answer a name; the service asks for both words all the same.
    const keyword = { message: 'Service de demonstration. Aide : 3422.' };
    this.pool = new CfnPool(this, 'SMS_FROM', {
      originationIdentities: senders.map(({ attrArn }) => attrArn),
      mandatoryKeywords: { help: keyword, stop: keyword },
    });
  }
}
