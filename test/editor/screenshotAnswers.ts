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

export const subtractCompletion = `{
  if (a.currency !== b.currency) throw new Error(\`Cannot subtract \${b.currency} from \${a.currency}\`);
  return { cents: a.cents - b.cents, currency: a.currency };
}`;
