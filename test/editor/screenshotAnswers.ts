// What the local RunAPI is told to answer for the pictures: what the models do answer to these questions about the sample project.

export const expressAnswer = `An express parcel to Austria costs the base price of the zone *neighbour* plus 80 %:

| chargeable weight | standard | express |
|---|---:|---:|
| up to 2 kg | 9.90 € | 17.82 € |
| up to 5 kg | 12.90 € | 23.22 € |
| up to 10 kg | 17.90 € | 32.22 € |

\`chargeableWeightKg\` takes the larger of weight and volume weight, so a light but large box costs more. To see one price:

\`\`\`ts
const { total } = quote({
  parcel: { weightKg: 1.2, size: { lengthCm: 30, widthCm: 20, heightCm: 10 } },
  to: { country: 'AT', postalCode: '1010' },
  service: 'express',
});
console.log(format(total)); // 17.82 EUR
\`\`\`

The flat express surcharge of 4 € in \`src/tariff.ts\` applies within the city only.
`;

export const expressThinking = `The user asks for one price. Austria is in the zone *neighbour*, so the base price comes from that column.

The express surcharge depends on the zone:

1. within the city it is a flat 4 €
2. everywhere else it is 80 % of the base price

The weight is not given, so a small table answers best.`;

/** Every kind of block and of inline text once. */
export const kindsAnswer = `# Heading one

Plain text with **strong**, *stressed* and ~~deleted~~ words, \`inline code\`, a [link](https://docs.example.com/tariffs), one of the project: [tariff.ts](src/tariff.ts#L20), and an address: <https://runapi.ai>.

## Heading two

- a list
  - with another inside
    - and one in that
- a second item that is long enough to run over the end of its line, so that its second line can be seen to start where the first one did

1. first
2. second
   \`\`\`ts
   const inside = 'an item';
   \`\`\`

- [x] done
- [ ] not done

### Heading three

> A quotation, with \`code\`.
>
> > And one inside of it.

| zone | up to 2 kg | express |
|:---|:---:|---:|
| city | 3.90 € | 7.90 € |
| world | 19.90 € | 35.82 € |

![a chart](https://charts.example.com/parcels.png) and a trap: [here](command:workbench.action.terminal.new)

---

\`\`\`sh
npm test -- --only "a line that is longer than the panel is wide, and is scrolled inside of its card"
\`\`\`

Text after it.
`;

const hellos: Readonly<Record<string, string>> = {
  ts: 'export function hello(name: string): string {\n  return `Hello, ${name}`; // a greeting\n}',
  python: 'def hello(name: str) -> str:\n    """A greeting."""\n    return f"Hello, {name}"',
  go: 'func Hello(name string) string {\n\treturn fmt.Sprintf("Hello, %s", name) // a greeting\n}',
  rust: 'fn hello(name: &str) -> String {\n    format!("Hello, {}", name) // a greeting\n}',
  java: 'public static String hello(String name) {\n    return "Hello, " + name; // a greeting\n}',
  csharp: 'public static string Hello(string name) => $"Hello, {name}"; // a greeting',
  ruby: '# A greeting.\ndef hello(name) = "Hello, #{name}"',
  sql: "select 'Hello, ' || name as greeting -- a greeting\nfrom people where id = 42;",
  json: '{ "greeting": "Hello", "count": 42, "polite": true }',
  html: '<p class="greeting">Hello, <b>world</b></p> <!-- a greeting -->',
  css: '.greeting { color: var(--accent); margin: 4px 0; } /* a greeting */',
  diff: '-  return name;\n+  return `Hello, ${name}`;',
};

export const languagesAnswer = Object.entries(hellos).map(([language, code]) => `\`\`\`${language}\n${code}\n\`\`\`\n`).join('\n');

export const roundingEdit = `The comment now names what happens to half a cent.

\`\`\`ts src/money.ts
<<<<<<< SEARCH
/** Half a cent rounds up. */
=======
/** Half a cent is rounded up. */
>>>>>>> REPLACE
\`\`\`
`;

export const summaryOfParcels = `- Asked for: the price of an express parcel to Austria
- Decided: prices come from \`quote()\` in \`src/tariff.ts\`
- Known: the zone is *neighbour*; express costs 80 % more, within the city 4 €
`;

export const ownCommand = `---
description: Prepare a release
---
Write the notes of release $1.
`;

export const compareCompletion = `  if (a.currency !== b.currency) throw new Error(\`Cannot compare \${a.currency} and \${b.currency}\`);
  return a.cents - b.cents;`;

export const refactorPlan = `- src/tariff.ts: keep the base prices in one table by zone and weight class
- src/tariff.ts: look the base price up instead of nesting conditions
Risk: none outside of this file; every price stays the same.
`;

/** What takes the place of the nested conditions of quote(). */
export const basePriceLookup = `  const base = basePrice(zone, weight);
`;

export const basePriceTable = `/** Upper limits of the weight classes in kilograms. */
const weightClasses = [2, 5, 10, 31.5] as const;

/** Base prices in euro, one for each weight class. */
const basePrices: Readonly<Record<Zone, readonly number[]>> = {
  city: [3.9, 4.9, 6.9, 9.9],
  national: [4.9, 6.9, 9.9, 16.9],
  neighbour: [9.9, 12.9, 17.9, 27.9],
  europe: [13.9, 17.9, 23.9, 38.9],
  world: [19.9, 34.9, 52.9, 96.9],
};

function basePrice(zone: Zone, weightKg: number): Money {
  if (weightKg <= 0) throw new Error('A parcel must weigh something');
  const price = basePrices[zone][weightClasses.findIndex((limit) => weightKg <= limit)];
  if (price === undefined) throw new Error('A parcel may weigh at most 31.5 kg');
  return euro(price);
}

`;

export const reviewFindings = [
  { path: 'src/booking.ts', line: 46, severity: 'error', title: 'Minutes are taken for hours', reason: 'Dividing milliseconds by 60,000 gives minutes, so the full refund ends after 24 minutes instead of 24 hours.', quote: '      const ageHours = (now().getTime() - booking.createdAt.getTime()) / 60_000;' },
  { path: 'src/booking.ts', line: 45, severity: 'error', title: 'A cancelled booking can be cancelled again', reason: 'Only fetched bookings are refused, so each further call pays the refund once more.', quote: "      if (booking === undefined || booking.status === 'fetched') throw new Error(`Booking ${id} cannot be cancelled`);" },
  { path: 'src/pickup.ts', line: 8, severity: 'error', title: 'Friday is taken for Saturday', reason: 'getUTCDay() counts from Sunday as 0, so Saturday is 6.', quote: '  const lastHour = orderedAt.getUTCDay() === 5 ? 11 : 14;' },
].map((finding) => JSON.stringify(finding)).join('\n');
