/** The access key of tests, and where the engines stand. */
export const operator = { accessKeyId: 'OPERATOR', secretAccessKey: 'operator-secret' };
export const place = { region: 'eu-west-3', account: '000000000000' };
