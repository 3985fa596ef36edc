package io.masumi.node.chain.follower;

import java.util.List;

import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.ChainProvider;

/** A provider's list of the transactions at a contract, page by page. */
final class ContractList {

    private static final int PAGE = 100;

    private final String address;
    private final ChainProvider provider;

    ContractList(String address, ChainProvider provider) {
        this.address = address;
        this.provider = provider;
    }

    /** @param fresh what comes after the cursor, in the order of the chain. @param isLast whether the list ends with it */
    record Page(List<AddressTransaction> fresh, boolean isLast) {}

    /** The next page after a cursor: never an empty one but the last. */
    Page after(Cursor cursor) {
        // A block with more transactions than a page would else show the same page for ever.
        for (int limit = PAGE;; limit *= 2) {
            List<AddressTransaction> page = provider.transactionsAt(address, Math.max(0, cursor.fromHeight()), limit);
            List<AddressTransaction> fresh = page.stream().filter(cursor::isBefore).toList();
            if (!fresh.isEmpty() || page.size() < limit) {
                return new Page(fresh, page.size() < limit);
            }
        }
    }
}
