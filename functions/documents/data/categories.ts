/** The categories that patients see, and the type that a deposit of their own gets from each (DOC-1). */
export const patientTypes: Readonly<Record<string, string>> = {
  SYNTHESE: 'DOCPAT01',
  ORD_SOIN: 'DOCPAT02',
  CPT_REND: 'DOCPAT03',
  RADIO_SC: 'DOCPAT04',
  BIOLOGIE: 'DOCPAT05',
  DEPISTAG: 'DOCPAT06',
  CERT_MED: 'DOCPAT07',
  SYNTH_PML: 'DOCPAT08',
  DOC_ADM: 'DOCPAT09',
  VDP: 'EXPPAT_1',
  AUTR_DOC: 'EXPPAT_2',
  DIR_ANT: 'EXPPAT_3',
  QUEST_SANTE: '74465-6',
};

/** Types that go to another category than the rest of their class (DOC-2). */
export const categoryByType: Readonly<Record<string, string>> = {
  '11502-2': 'BIOLOGIE',
  '60568-3': 'BIOLOGIE',
  '51969-4': 'BIOLOGIE',
  '75482-0': 'DEPISTAG',
  '75492-9': 'DEPISTAG',
  '68817-6': 'DEPISTAG',
  '83869-8': 'DEPISTAG',
  '11369-6': 'CAR_VAC',
  '87273-9': 'CAR_VAC',
  '96874-3': 'CAR_VAC',
};

/** The category of all other types, by their class (DOC-2). */
export const categoryByClass: Readonly<Record<string, string>> = {
  '10': 'CPT_REND',
  '11': 'SYNTHESE',
  '31': 'RADIO_SC',
  '42': 'ORD_SOIN',
  '43': 'ORD_SOIN',
  '44': 'ORD_SOIN',
  '45': 'ORD_SOIN',
  '52': 'CERT_MED',
  '60': 'REMB',
  '95': 'DOC_ADM',
};
