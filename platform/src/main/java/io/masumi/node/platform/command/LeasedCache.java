package io.masumi.node.platform.command;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.NoCache;
import org.axonframework.common.caching.WeakReferenceCache;

/**
 * Aggregates in memory, for as long as this process is certainly the only one that changes them: each term of the lease has a memory of
 * its own, and without the lease there is none.
 */
final class LeasedCache implements Cache {

    private final CommandLease lease;
    private volatile Memory memory = new Memory(0, NoCache.INSTANCE);

    private record Memory(long term, Cache cache) {}

    LeasedCache(CommandLease lease) {
        this.lease = lease;
    }

    private Cache now() {
        if (!lease.isCertain()) {
            return NoCache.INSTANCE;
        }
        Memory known = memory;
        return known.term() == lease.term() ? known.cache() : begun(lease.term());
    }

    private synchronized Cache begun(long term) {
        if (memory.term() != term) {
            memory = new Memory(term, new WeakReferenceCache());
        }
        return memory.cache();
    }

    @Override
    public <K, V> V get(K key) {
        return now().get(key);
    }

    @Override
    public void put(Object key, Object value) {
        now().put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return now().putIfAbsent(key, value);
    }

    @Override
    public <T> T computeIfAbsent(Object key, Supplier<T> value) {
        return now().computeIfAbsent(key, value);
    }

    /** Also when nothing is remembered now: it may be again. */
    @Override
    public boolean remove(Object key) {
        return memory.cache().remove(key);
    }

    @Override
    public void removeAll() {
        memory.cache().removeAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return now().containsKey(key);
    }

    @Override
    public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
        now().computeIfPresent(key, update);
    }

    /** Nobody listens to what aggregates are in memory. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException();
    }
}
