package io.masumi.node.gateway.access;

import io.masumi.node.access.ApiKeyId;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds keys. Those in use are kept in memory, each with a subscription that brings every change of it, so that a check
 * asks no database and a revoked key ends at once in every process. Should an update get lost (whoever projected it died before it told, or
 * lost the database's answer to its commit), it is noticed when the key is asked for anew, every few seconds that it is used.
 */
final class KeyChecks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyChecks.class);
    private static final Duration LONGEST_TRUST = Duration.ofSeconds(5);

    private final Views views;
    private final int capacity;
    private final LinkedHashMap<ApiKeyId, Views.Watched<ApiKeyView>> inUse = LinkedHashMap.newLinkedHashMap(64);

    /** @param capacity how many keys to keep in memory */
    KeyChecks(Views views, int capacity) {
        this.views = views;
        this.capacity = capacity;
    }

    /** The key as it is now, revoked or not; empty when there is none. */
    Optional<ApiKeyView> find(ApiKeyId id) {
        Views.Watched<ApiKeyView> known;
        synchronized (inUse) {
            known = inUse.get(id);
        }
        if (known == null || !known.isAlive()) {
            return ask(id);
        }
        if (known.isDue(LONGEST_TRUST)) {
            try {
                return ask(id);
            } catch (Problem notNow) {
                LOG.debug("A key cannot be asked for anew; it is taken as it was last heard of", notNow);
            }
        }
        return Optional.of(known.newest());
    }

    private Optional<ApiKeyView> ask(ApiKeyId id) {
        return views.watch(new FindApiKey(id), ApiKeyView.class, ApiKeyView::version).map(fresh -> {
            keep(id, fresh);
            return fresh.newest();
        });
    }

    private void keep(ApiKeyId id, Views.Watched<ApiKeyView> fresh) {
        synchronized (inUse) {
            closeIfPresent(inUse.put(id, fresh));
            while (inUse.size() > capacity) {
                inUse.pollFirstEntry().getValue().close();
            }
        }
    }

    @Override
    public void close() {
        synchronized (inUse) {
            inUse.values().forEach(Views.Watched::close);
            inUse.clear();
        }
    }

    private static void closeIfPresent(Views.Watched<ApiKeyView> watched) {
        if (watched != null) {
            watched.close();
        }
    }
}
