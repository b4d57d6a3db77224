-- offer-bind for many offers at once, on PostgreSQL. They are locked in ascending order, so that nodes cannot block each other in a circle.
with asked as (
    select * from unnest(?::bytea[], ?::bytea[], ?::bytea[]) as asked (offer, tx, wallet)
), held as (
    select offer_hash from enrolment where offer_hash in (select offer from asked) order by offer_hash for update
)
update enrolment set
    wallet_hash = case when tx_hash is not distinct from asked.tx then asked.wallet end,
    tries_left = case when tx_hash is null or asked.tx is null or tx_hash = asked.tx then tries_left else tries_left - 1 end
from held join asked on asked.offer = held.offer_hash
where enrolment.offer_hash = held.offer_hash and wallet_hash is null and tries_left > 0
returning wallet_hash, enrolment.offer_hash, scheme, person, generation
