package io.masumi.node.purchase;

import io.masumi.node.Requester;
import java.util.function.Supplier;
import org.axonframework.config.Configuration;
import org.axonframework.modelling.command.Repository;

/**
 * What sellers offer, each of which is bought once. An offer is taken in the unit of work that creates its purchase, so that both
 * are stored or neither: what is refused, or cut short, leaves the offer free.
 */
public final class Offers {

    private final Supplier<Repository<Offer>> offers;

    Offers(Supplier<Repository<Offer>> offers) {
        this.offers = offers;
    }

    /** @param axon is asked when the first offer is taken */
    public static Offers of(Supplier<Configuration> axon) {
        return new Offers(() -> axon.get().repository(Offer.class));
    }

    /** @throws io.masumi.node.RejectedException if another purchase has taken it */
    void take(OfferId offer, PurchaseId purchase, Requester requester) {
        try {
            offers.get().loadOrCreate(offer.value(), Offer::new).execute(taken -> taken.take(offer, purchase, requester));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("An offer cannot be made", e);
        }
    }
}
