/** Whether this can be the serial number of a Vitale card: 8 to 13 digits (ENR-21). */
export function isCardSerial(text: string): boolean {
  return /^\d{8,13}$/.test(text);
}
