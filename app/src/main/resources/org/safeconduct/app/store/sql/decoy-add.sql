insert into enrolment (offer_hash, scheme, person, generation, attribute_values, tx_hash, tries_left)
values (?, ?, ?, 0, '', ?, 2000000000)
on conflict do nothing
