package io.masumi.node.access;

import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.CreditsAllotted;
import io.masumi.node.access.ApiKeyEvent.CreditsChanged;
import io.masumi.node.access.ApiKeyEvent.CreditsClosed;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a key has left, and what is taken for each record that is under way. It changes with each event instead of being copied, so
 * that a key of many purchases is read as fast as their number grows; records whose cost is final are not in it.
 */
final class CreditAccount {

    /** Per unit; less than nothing when more left the wallets than was expected. */
    private Map<String, BigInteger> left = new HashMap<>();
    private Map<String, CreditEntry> open = new HashMap<>();
    private Set<String> held = new LinkedHashSet<>();
    private long allowanceUsed;
    private int old;

    CreditAccount() {}

    void apply(ApiKeyEvent event) {
        switch (event) {
            case ApiKeyCreated e -> add(e.credits());
            case CreditsSpent e -> put(e.purchaseId(),
                    new CreditEntry(CreditUse.Purchase, e.price(), Funds.NONE, 0, e.request(), null, 0, true, true));
            case CreditsRestored e -> put(e.purchaseId(), null);
            case CreditsAllotted e -> put(e.recordId(), e.settled() || !e.taken().isEmpty()
                    ? new CreditEntry(e.use(), e.taken(), e.held(), e.fromAllowance(), e.request(), e.asked(), e.heldUntil(), e.settled(),
                            entry(e.recordId()).map(CreditEntry::old).orElse(false))
                    : null);
            case CreditsClosed e -> close(e);
            case CreditsChanged e -> {
                add(e.added());
                remove(e.removed());
            }
            case ApiKeyEvent.PermissionsChanged _,ApiKeyEvent.ApiKeyRevoked _ -> {
            }
        }
    }

    /** What is taken for that record. */
    Optional<CreditEntry> entry(String recordId) {
        return Optional.ofNullable(open.get(recordId));
    }

    /** How many records are under way, without those of nodes that never closed any. */
    int size() {
        return open.size() - old;
    }

    /** Records for whose requests something is held that lasts no longer. @param now Unix ms */
    List<String> heldInVain(long now) {
        return held.stream().filter(id -> open.get(id).heldUntil() <= now).toList();
    }

    long allowanceLeft(long allowance) {
        return allowance - allowanceUsed;
    }

    /** What the key may still spend. */
    Funds left() {
        return funds(left);
    }

    /** What would be left if one entry took another's place. */
    Funds leftAfter(CreditEntry before, CreditEntry after) {
        Map<String, BigInteger> then = new HashMap<>(left);
        before.fromCredits().amounts().forEach(each -> then.merge(each.unit(), each.amount(), BigInteger::add));
        after.fromCredits().amounts().forEach(each -> then.merge(each.unit(), each.amount().negate(), BigInteger::add));
        return funds(then);
    }

    /** What would be left with these changes. */
    Funds leftWith(Funds added, Funds removed) {
        Map<String, BigInteger> then = new HashMap<>(left);
        added.amounts().forEach(each -> then.merge(each.unit(), each.amount(), BigInteger::add));
        removed.amounts().forEach(each -> then.merge(each.unit(), each.amount().negate(), BigInteger::add));
        return funds(then);
    }

    /** What is missing for one entry to take another's place: of what it takes more, that which is not there. */
    Funds missing(CreditEntry before, CreditEntry after) {
        List<Amount> missing = new ArrayList<>();
        for (Amount each : after.fromCredits().amounts()) {
            BigInteger more = each.amount().subtract(before.fromCredits().of(each.unit()));
            BigInteger lacking = more.subtract(left.getOrDefault(each.unit(), BigInteger.ZERO));
            if (more.signum() > 0 && lacking.signum() > 0) {
                missing.add(new Amount(each.unit(), lacking));
            }
        }
        return Funds.of(missing);
    }

    private void put(String recordId, CreditEntry after) {
        CreditEntry before = after == null ? open.remove(recordId) : open.put(recordId, after);
        if (before != null) {
            add(before.fromCredits());
            allowanceUsed -= before.fromAllowance();
            old -= before.old() ? 1 : 0;
            held.remove(recordId);
        }
        if (after != null) {
            remove(after.fromCredits());
            allowanceUsed += after.fromAllowance();
            old += after.old() ? 1 : 0;
            if (after.isHeld()) {
                held.add(recordId);
            }
        }
    }

    /** What it cost stays taken; only what it is for is forgotten. */
    private void close(CreditsClosed event) {
        put(event.recordId(), null);
        remove(event.cost().minus(Funds.lovelace(event.fromAllowance())));
        allowanceUsed += event.fromAllowance();
    }

    private void add(Funds funds) {
        funds.amounts().forEach(each -> left.merge(each.unit(), each.amount(), BigInteger::add));
    }

    private void remove(Funds funds) {
        funds.amounts().forEach(each -> left.merge(each.unit(), each.amount().negate(), BigInteger::add));
    }

    private static Funds funds(Map<String, BigInteger> signed) {
        return Funds.of(signed.entrySet().stream().filter(each -> each.getValue().signum() > 0)
                .map(each -> new Amount(each.getKey(), each.getValue())).toList());
    }
}
