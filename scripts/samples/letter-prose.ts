/** The words of the scanned letter; club, mill and people are invented. */
export const letter = {
  sender: 'Sarn Valley Angling Club',
  senderLine: 'The Boathouse, Lower Lane, Harl Bridge',
  recipient: ['The Trustees', 'Wenlow Mill Museum', 'Mill Lane', 'Wenlow'],
  date: '18 March 2026',
  subject: 'Eel ladder and spring closing of the sluice',
  greeting: 'Dear Trustees,',
  firstPage: [
    'Thank you for showing our committee round the new eel ladder on Saturday. The students have done careful work, and the members who came were glad to see that the old stone step was kept. I write to put on paper what we agreed while standing on the footbridge, so that nobody has to rely on my memory.',
    'First, the count. Our club will read the ladder every morning between 1 April and 30 June, at or before eight o\u2019clock, and enter the number of young eels in the green book in the wheel room. Last year 412 were seen between 6 May and 2 June. We believe that many more pass at night, and that a counter would show it.',
    'Second, the sluice. You kindly offered to keep the gate shut by two hands on the nights of the new moon, when most eels travel. This year these are the nights of 17 April, 16 May and 15 June. If the river stands above the red mark the offer falls away, because the safety of the mill comes first.',
    'Third, the boat. It lies at your landing stage from Easter. The key hangs behind the meal floor door. Please ask anyone who borrows it to wear a life jacket and to write the time of leaving on the slate.',
  ],
  secondPage: [
    'On the cost of a counter: we have asked for two quotations. The simpler device would cost about \u00a31,150, the one with a camera about \u00a32,480. The club can give \u00a3600 this year and the same again in 2027. Should the Rivers Fund refuse us, we would still prefer the simpler one now to the better one never.',
    'Finally, a small complaint, made in friendship. Twice in February the lamp on the footbridge was out, and one of our older members fell. He was not hurt, but he lost a good hat. Could the lamp be looked at before the clocks change?',
    'We look forward to the bakery mornings, and to another year as your neighbours.',
  ],
  closing: 'Yours sincerely,',
  signature: ['Rosalind Amberley', 'Honorary Secretary'],
  enclosures: ['Enclosed: counting sheet for April; two quotations (copies)'],
} as const;
