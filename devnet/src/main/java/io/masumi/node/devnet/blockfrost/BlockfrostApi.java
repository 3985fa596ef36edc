package io.masumi.node.devnet.blockfrost;

import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.Routes;

/** The part of the Blockfrost API, version 0, that this network answers. */
public final class BlockfrostApi {
    public static final String BASE = "/api/v0";

    private final Ledger ledger;

    public BlockfrostApi(Ledger ledger) {
        this.ledger = ledger;
    }

    public void addTo(Routes routes) {
        new NetworkEndpoints(ledger).addTo(routes, BASE);
        new BlockEndpoints(ledger).addTo(routes, BASE);
        new AddressEndpoints(ledger).addTo(routes, BASE);
        new TransactionEndpoints(ledger).addTo(routes, BASE);
        new AssetEndpoints(ledger).addTo(routes, BASE);
        new ScriptEndpoints(ledger).addTo(routes, BASE);
        new SubmitEndpoint(ledger).addTo(routes, BASE);
    }
}
