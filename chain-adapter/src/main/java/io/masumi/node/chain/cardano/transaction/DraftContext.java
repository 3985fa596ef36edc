package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import com.bloxbean.cardano.client.metadata.cbor.CBORMetadata;
import com.bloxbean.cardano.client.metadata.cbor.CBORMetadataList;
import com.bloxbean.cardano.client.metadata.cbor.CBORMetadataMap;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.source.Source;
import java.math.BigInteger;

/**
 * What all drafts of one call share.
 *
 * @param now Unix ms
 * @param validitySlots how many slots from now a transaction can land, unless a deadline is nearer
 */
record DraftContext(Source source, WalletIdentity wallet, LedgerParameters parameters, MinAdaCalculator minimum, long now,
        long validitySlots) {

    private static final BigInteger MESSAGE_LABEL = BigInteger.valueOf(674);

    /** How far back a lower bound lies that only has to be there, slots: well before the tip of a chain whose blocks are late. */
    private static final long LOOK_BACK_SLOTS = 300;

    static final long NO_DEADLINE = Long.MAX_VALUE;

    /** The same for a transaction that can land for so long. @param slots from now on */
    DraftContext lasting(long slots) {
        return new DraftContext(source, wallet, parameters, minimum, now, slots);
    }

    /**
     * Validity of an action without a lower bound.
     *
     * @param before Unix ms that the upper bound must stay below, {@link #NO_DEADLINE} for none
     * @throws TransactionImpossibleException if that time is over
     */
    Draft.Validity until(long before, String what) {
        long current = parameters.slots().slotAt(now);
        long until = current + validitySlots;
        if (before != NO_DEADLINE) {
            until = Math.min(until, parameters.slots().lastBefore(before));
        }
        if (until <= current) {
            throw new TransactionImpossibleException("too late: " + what + " was possible until " + java.time.Instant.ofEpochMilli(before));
        }
        return new Draft.Validity(0, until);
    }

    /**
     * Validity of an action with both bounds.
     *
     * @param after Unix ms that the lower bound must reach
     * @throws TransactionTooEarlyException if it is not that late yet
     */
    Draft.Validity between(long after, long before, String what) {
        if (after > now) {
            throw new TransactionTooEarlyException("too early: " + what + " is possible from " + after + " ms on", after);
        }
        long lookBack = parameters.slots().slotAt(now) - LOOK_BACK_SLOTS;
        long from = Math.max(Math.max(parameters.slots().firstFrom(Math.max(after, 0)), lookBack), 1);
        return new Draft.Validity(from, until(before, what).until());
    }

    /** Metadata that says what the transaction is for: label 674 with {@code {"msg":["Masumi", …]}} (docs/chain.md, "Labels"). */
    static CBORMetadata message(String action) {
        CBORMetadataList words = new CBORMetadataList().add("Masumi").add(action);
        CBORMetadata metadata = new CBORMetadata();
        metadata.put(MESSAGE_LABEL, new CBORMetadataMap().put("msg", words));
        return metadata;
    }
}
