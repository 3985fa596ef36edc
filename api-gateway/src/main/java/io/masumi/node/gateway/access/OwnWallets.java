package io.masumi.node.gateway.access;

import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;

/**
 * The hot wallets of this node that a key may use: where what it asks for may send value. Elsewhere only who may spend without
 * limit can have it sent.
 */
public final class OwnWallets {

    private static final int PAGE = 100;

    private final Views views;

    public OwnWallets(Views views) {
        this.views = views;
    }

    /** The wallet at that address, among those that the key may use. @param source whose wallets to look at */
    public Optional<HotWalletView> at(String address, PaymentSourceId source, Caller caller) {
        return find(source, caller, wallet -> wallet.address().equals(address));
    }

    /**
     * What a limited key has sent somewhere must come to a wallet of this node, or to the collection address of one: else it would be
     * given back what others got.
     *
     * @param member what to call the address in an error
     * @param address bech32, null for none
     * @throws Problem 403 if it is elsewhere, or the key may not use that wallet
     */
    public void requireOwn(String member, String address, PaymentSourceId source, Caller caller) {
        if (address == null || !caller.key().permissions().usageLimited()) {
            return;
        }
        if (find(source, caller, wallet -> address.equals(wallet.address()) || address.equals(wallet.collectionAddress())).isEmpty()) {
            throw Problem.of(HttpStatus.FORBIDDEN, member + " is neither a wallet of this node's payment source that this API key may use,"
                    + " nor the collection address of one: a key with limited usage cannot have money sent elsewhere");
        }
    }

    private Optional<HotWalletView> find(PaymentSourceId source, Caller caller, Predicate<HotWalletView> wanted) {
        String cursor = null;
        while (true) {
            List<HotWalletView> page = views.list(new ListHotWallets(PAGE, cursor, source, null, null, null), HotWalletView.class);
            Optional<HotWalletView> found = page.stream().filter(wanted).filter(wallet -> caller.mayUseWallet(wallet.id().value()))
                    .findFirst();
            // A page begins with its cursor's row.
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
            cursor = page.getLast().id().value();
        }
    }
}
