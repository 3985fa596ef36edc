package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.Spendable;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** Makes and stores transactions of a wallet one after the other. Whoever has to wait for change lets others have their turn. Thread-safe. */
final class WalletSigner {

    private final WalletReservations reservations;

    /** @param reservations that this alone makes transactions of */
    WalletSigner(WalletReservations reservations) {
        this.reservations = reservations;
    }

    WalletReservations reservations() {
        return reservations;
    }

    /**
     * Makes a transaction out of what is there. When that does not suffice but change is about to come back, it waits for that. Whoever
     * sends it must say how that went, by {@link WalletReservations#sent}.
     *
     * @param make builds and signs
     * @param store keeps the transaction with the depth of its change: how many unconfirmed transactions it hangs on
     * @throws InsufficientFundsException if the wallet cannot pay for it now
     */
    SignedTransaction sign(Function<Spendable, SignedTransaction> make, ObjIntConsumer<SignedTransaction> store) {
        while (true) {
            int seen = reservations.answers();
            try {
                return signNow(make, store);
            } catch (InsufficientFundsException e) {
                if (!reservations.awaitAnswer(seen)) {
                    throw e;
                }
            }
        }
    }

    private synchronized SignedTransaction signNow(Function<Spendable, SignedTransaction> make, ObjIntConsumer<SignedTransaction> store) {
        SignedTransaction signed = make.apply(reservations.spendable());
        int depth = reservations.depth(signed);
        store.accept(signed, depth);
        reservations.reserve(signed, depth);
        return signed;
    }
}
