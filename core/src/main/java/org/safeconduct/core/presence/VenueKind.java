package org.safeconduct.core.presence;

/** What kind of place a venue is; the number in a poster is the position here (spec/presence.md section 3.1). */
public enum VenueKind {
    FOOD_AND_DRINK, SHOP, CULTURE, SPORT, WORSHIP, WORK, SCHOOL, HEALTH, TRANSPORT, EVENT, HOTEL, HAIRDRESSER, MEETING,
    PUBLIC_OFFICE, PRIVATE, OTHER
}
