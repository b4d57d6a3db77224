select epoch, person, commitment, generation
from unnest(?::bytea[], ?::bytea[]) as asked (asked_epoch, asked_person) join issued on epoch = asked_epoch and person = asked_person
