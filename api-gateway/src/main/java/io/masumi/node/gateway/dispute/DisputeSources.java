package io.masumi.node.gateway.dispute;

import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;
import java.util.List;

/** Finds the payment source whose disputes a request is about. */
final class DisputeSources {

    private static final int MAX_SOURCES = 100;

    private final Views views;

    DisputeSources(Views views) {
        this.views = views;
    }

    /**
     * @param smartContractAddress bech32; null for the only one of the network
     * @throws Problem when there is none, or several to choose from
     */
    PaymentSourceView find(Network network, String smartContractAddress) {
        List<PaymentSourceView> found = views.list(new ListPaymentSources(MAX_SOURCES, null), PaymentSourceView.class).stream()
                .filter(source -> source.network() == network
                        && (smartContractAddress == null || source.smartContractAddress().equals(smartContractAddress)))
                .toList();
        if (found.isEmpty()) {
            throw Problem.notFound("There is no payment source with this contract on " + network);
        }
        if (found.size() > 1) {
            throw Problem.invalid("smartContractAddress must say which of the payment sources on " + network);
        }
        return found.getFirst();
    }
}
