package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.HttpProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Looks at the development network of a data directory from outside the node. */
record ContractOnChain(Path data, String address) {

    /** Hashes of all transactions at the contract, in chain order. */
    List<String> transactions() {
        return StreamSupport.stream(look("/addresses/" + address + "/transactions?order=asc").json().spliterator(), false)
                .map(each -> each.path("tx_hash").asString()).toList();
    }

    /** How many outputs lie at the contract. */
    int unspent() {
        HttpProbe.Answer answer = look("/addresses/" + address + "/utxos");
        return answer.status() == 404 ? 0 : answer.json().size();
    }

    private HttpProbe.Answer look(String path) {
        try {
            int port = Integer.parseInt(Files.readString(data.resolve("devnet.port")).strip());
            return new HttpProbe(port).get("/api/v0" + path, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
