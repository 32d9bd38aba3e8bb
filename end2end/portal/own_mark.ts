let made = 0;

/** A word that no other test writes, so that what it marks is found again among the enterprise’s other things. */
export function ownMark(): string {
  made += 1;
  return `${process.pid}-${Date.now().toString(36)}-${made}`;
}
