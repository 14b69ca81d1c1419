/** Everything the sample report says. Mill, river, people and figures are invented. */
export const museum = {
  name: 'Wenlow Mill Museum',
  title: 'Annual Report 2025',
  subtitle: 'A year of flour, floods and visitors on the River Sarn',
  opening: [
    'Wenlow Mill has stood at the bend of the River Sarn since 1742. It ground corn for the valley until 1938, stood empty for thirty years, and has been a museum since a group of neighbours bought it for the price of its roof slates. In 2025 the great wheel turned on 214 days, more than in any year since the mill reopened.',
    'This report tells our members, the parish and the people who lend us money what we did with their trust. It describes the repair of the weir, the visitors who came, the flour we sold, and what we mean to do next. The accounts on page 4 were examined by Mr. Edwin Pask, who charged us one sack of wholemeal.',
  ],
  changesTitle: '1.1 What changed this year',
  changes: [
    'Three things were new. The museum opened on Sundays from April, which brought one visitor in five. The eel ladder beside the sluice was rebuilt in oak by students of the college at Harl Bridge. And for the first time a whole season passed without a day lost to the worn bearing of the second pair of stones: the new one, cast in bronze, runs cool even after six hours.',
    'One thing went badly. In the night of 9 February the river rose by 1.8 metres and stood ankle deep in the meal floor. Nothing on show was lost, because the flood boards held long enough for eleven volunteers to carry two hundred objects upstairs, but the lower oak floor had to be lifted, dried and laid again.',
  ],
  thanksTitle: '1.2 Thanks',
  thanks:
    'We thank the 63 volunteers who gave 9,400 hours, the Sarn Valley Angling Club for sharing its boat, and Dr. Imke Vossberg, who retired after nineteen years as curator and still comes in on Thursdays to grease the pinions.',
  wheelTitle: '2. The story of the wheel',
  wheel: [
    'Visitors often ask how old the wheel is. The honest answer is that it has no age, only a list of repairs. The shaft is a single oak felled in 1867. The iron hubs came by barge in 1891. Of the forty-eight elm buckets, none is older than 1996, and a third of them were made in our own workshop.',
    'It is a breast-shot wheel, five metres across. The water reaches it a little below the height of the axle, fills the buckets on the falling side and leaves them at the bottom. At full flow it gives about seven kilowatts, as much as three electric kettles, and that is enough to drive two pairs of stones, the sack hoist and the bolter at once.',
    'The miller controls it by the sluice gate. A hand-width of opening starts the wheel from rest; two keep it at eight turns a minute. The rest is listening. Stones that run too close smell of scorched grain, and stones that run too far apart rattle like a cart on cobbles.',
    'When the mill closed in 1938 the last miller, Tobias Crane, left the gate open by a finger so that the wheel would keep turning and its wood stay wet. It turned without purpose for four years until a fallen alder stopped it. That small act of care is the reason why the shaft survived.',
    'Between 1968 and 1974 the founders of the museum dug silt out of the wheel pit by hand. They found nine clay pipes, a child\u2019s shoe, and the brass plate of the maker, which now hangs beside the door. The first sack of new flour was ground on 3 May 1975, and eaten as pancakes the same day.',
    'Today the wheel is stopped every November and looked at bucket by bucket. Each one has a number and a page in the repair book. The book is the most useful object in the museum: it shows that a bucket on the north side lasts fourteen years and one on the south side, which dries in the sun, only nine.',
    'In 2025 we replaced five buckets and turned the north pinion end for end, so that the less worn flanks of its teeth now carry the load. The work took four people six days. The river, for once, was patient.',
    'Those who wish to see all this should come on the first Saturday of November, when the pit is drained and the trustees, in borrowed waders, answer questions.',
  ],
  workTitle: '3. Work done and work to do',
  workIntro:
    'The list below names every job that cost more than \u00a3500 or more than forty hours of volunteer time. Jobs marked with a year were promised in an earlier report.',
  doneTitle: '3.1 Finished in 2025',
  done: [
    'Weir: 14 metres of the crest rebuilt in local sandstone, and the scour hole below it filled (promised in 2023).',
    'Wheel: five elm buckets replaced, north pinion turned, all 96 bolts drawn and greased.',
    'Stones: the French burr pair dressed twice; bronze bearing fitted to the second pair.',
    'Meal floor: 38 square metres of oak boards lifted after the February flood, dried for eleven weeks and laid again.',
    'Archive: 1,260 letters and day books photographed; the index is open to readers every Tuesday.',
    'Access: a ramp to the wheel room and a tactile model of the gearing (promised in 2024).',
  ],
  plannedTitle: '3.2 Planned for 2026',
  planned: [
    'A second flood gauge upstream at Harl Bridge, with a warning by telephone.',
    'New lime render on the west gable, if the swifts leave in time.',
    'A bakery morning once a month, using the oven found behind the kitchen wall.',
    'A fish counter on the eel ladder, shared with the Angling Club.',
  ],
  workClose:
    'We shall not extend the car park. The survey of June showed that more than half of our visitors come on foot or by the valley bus, and the meadow is worth more than forty spaces.',
  figuresTitle: '4. Visitors and money',
  figuresIntro:
    'Most visitors still come between Easter and the end of September. School groups come before the summer holidays, when the river is low enough to let children stand in the wheel pit.',
  visitorsCaption: 'Table 1. Visitors, school groups, income and flour by quarter',
  spendingIntro:
    'Income covered spending for the third year running. After wages the repairs were the largest cost; two thirds of what the weir took will be paid back by the Rivers Fund in 2026.',
  spendingCaption: 'Table 2. Where the money went',
  powerTitle: '5. Flour month by month',
  powerIntro:
    'We grind when there is water and when there are people to watch. In January the river had plenty to give, but few visitors came and the stones were being dressed. In August the queue for warm flour reached the footbridge on most Saturdays, and the miller used the night to fill the pond.',
  powerCaption: 'Figure 1. Flour ground in 2025, in kilograms a month',
  powerClose:
    'The early fall in September is no fault of the harvest: the sluice was closed for nine days while the divers pointed the foot of the weir. Without that stop the year would have passed four and a half tonnes.',
} as const;

interface Quarter {
  name: string;
  visitors: number;
  groups: number;
  /** Pounds. */
  income: number;
}

export const quarters: readonly Quarter[] = [
  { name: 'January \u2013 March', visitors: 3_184, groups: 14, income: 12_418 },
  { name: 'April \u2013 June', visitors: 7_962, groups: 41, income: 31_846 },
  { name: 'July \u2013 September', visitors: 11_205, groups: 6, income: 47_061 },
  { name: 'October \u2013 December', visitors: 4_371, groups: 22, income: 17_484 },
];

/** Pounds. */
export const spending: readonly (readonly [what: string, pounds: number])[] = [
  ['Repairs to weir, wheel and floor', 38_240],
  ['Wages and volunteers\u2019 expenses', 41_900],
  ['Grain, sacks and printing', 9_615],
  ['Insurance, rates and power', 12_730],
];

/** Kilograms of flour. */
export const flourByMonth: readonly (readonly [month: string, kilograms: number])[] = [
  ['Jan', 150],
  ['Feb', 190],
  ['Mar', 270],
  ['Apr', 360],
  ['May', 430],
  ['Jun', 450],
  ['Jul', 540],
  ['Aug', 585],
  ['Sep', 460],
  ['Oct', 390],
  ['Nov', 300],
  ['Dec', 215],
];
