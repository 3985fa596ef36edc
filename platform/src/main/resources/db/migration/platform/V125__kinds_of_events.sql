-- Which kinds of events there are is asked at each start, and must not take longer the more events there are: one step of this
-- index for each kind. A revision that was not stored counts as an empty one, so that kinds can be compared.
CREATE INDEX DomainEventEntry_kind ON DomainEventEntry (payloadType, COALESCE(payloadRevision, ''));
