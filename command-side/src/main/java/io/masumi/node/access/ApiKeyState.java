package io.masumi.node.access;

import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.escrow.Funds;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * An API key as its events make it.
 *
 * @param remaining credits that are left; of no effect unless usage is limited
 * @param spent what each purchase took and did not get back, by the purchase's id
 */
public record ApiKeyState(ApiKeyCreated created, Funds remaining, Map<String, Funds> spent, boolean revoked) {

    /** Folds one event; {@code state} is null before the first. */
    public static ApiKeyState evolve(ApiKeyState state, ApiKeyEvent event) {
        return switch (event) {
            case ApiKeyCreated e -> new ApiKeyState(e, e.credits(), Map.of(), false);
            case CreditsSpent e -> state.spent(e.purchaseId(), e.price());
            case CreditsRestored e -> state.restored(e.purchaseId(), e.price());
            case ApiKeyRevoked _ -> new ApiKeyState(state.created, state.remaining, state.spent, true);
        };
    }

    private ApiKeyState spent(String purchaseId, Funds price) {
        Map<String, Funds> more = new HashMap<>(spent);
        more.put(purchaseId, price);
        return new ApiKeyState(created, remaining.minus(price), Collections.unmodifiableMap(more), revoked);
    }

    private ApiKeyState restored(String purchaseId, Funds price) {
        Map<String, Funds> fewer = new HashMap<>(spent);
        fewer.remove(purchaseId);
        return new ApiKeyState(created, remaining.plus(price), Collections.unmodifiableMap(fewer), revoked);
    }
}
