/** Kinds of venues, by the names of core. */
export default {
  'kind.FOOD_AND_DRINK': 'Food and drink',
  'kind.SHOP': 'Shop',
  'kind.CULTURE': 'Culture',
  'kind.SPORT': 'Sport',
  'kind.WORSHIP': 'Worship',
  'kind.WORK': 'Workplace',
  'kind.SCHOOL': 'School',
  'kind.HEALTH': 'Health',
  'kind.TRANSPORT': 'Transport',
  'kind.EVENT': 'Event',
  'kind.HOTEL': 'Hotel',
  'kind.HAIRDRESSER': 'Hairdresser',
  'kind.MEETING': 'Meeting',
  'kind.PUBLIC_OFFICE': 'Public office',
  'kind.PRIVATE': 'Private gathering',
  'kind.OTHER': 'Something else',
} as const;
