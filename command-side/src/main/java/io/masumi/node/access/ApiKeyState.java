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
 * @param requests digest of the request that took it, by the purchase's id
 */
public record ApiKeyState(ApiKeyCreated created, Funds remaining, Map<String, Funds> spent, Map<String, String> requests,
        boolean revoked) {

    /** Folds one event; {@code state} is null before the first. */
    public static ApiKeyState evolve(ApiKeyState state, ApiKeyEvent event) {
        return switch (event) {
            case ApiKeyCreated e -> new ApiKeyState(e, e.credits(), Map.of(), Map.of(), false);
            case CreditsSpent e -> state.spent(e);
            case CreditsRestored e -> state.restored(e);
            case ApiKeyRevoked _ -> new ApiKeyState(state.created, state.remaining, state.spent, state.requests, true);
        };
    }

    private ApiKeyState spent(CreditsSpent event) {
        return new ApiKeyState(created, remaining.minus(event.price()), with(spent, event.purchaseId(), event.price()),
                with(requests, event.purchaseId(), event.request()), revoked);
    }

    private ApiKeyState restored(CreditsRestored event) {
        return new ApiKeyState(created, remaining.plus(event.price()), with(spent, event.purchaseId(), null),
                with(requests, event.purchaseId(), null), revoked);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> changed = new HashMap<>(map);
        changed.compute(key, (_, _) -> value);
        return Collections.unmodifiableMap(changed);
    }
}
