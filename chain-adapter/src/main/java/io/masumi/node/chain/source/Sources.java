package io.masumi.node.chain.source;

import io.masumi.node.escrow.Network;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The chain adapter's own record of payment sources. It is written before a source's event is published, so whoever
 * learns of a source can act for it at once, without the query side.
 */
public final class Sources {

    private final JdbcClient database;

    public Sources(JdbcClient database) {
        this.database = database;
    }

    /** Keeps a source, in place of what was known of it. */
    public void put(Source source) {
        database.sql("""
                insert into chain_source (id, network, smart_contract_address, policy_id, required_admin_signatures, admin_addresses,
                    fee_address, fee_rate_permille, cooldown_ms, provider_url)
                values (:id, :network, :address, :policy, :required, :admins, :fee, :permille, :cooldown, :url)
                on conflict (id) do update set provider_url = excluded.provider_url""")
                .param("id", source.id().value()).param("network", source.network().name())
                .param("address", source.smartContractAddress()).param("policy", source.policyId())
                .param("required", source.parameters().requiredAdminSignatures())
                .param("admins", source.parameters().adminAddresses().toArray(String[]::new))
                .param("fee", source.parameters().feeAddress()).param("permille", source.parameters().feeRatePermille())
                .param("cooldown", source.parameters().cooldownTime()).param("url", source.providerUrl()).update();
    }

    /** @throws IllegalArgumentException if there is no such source */
    public Source get(PaymentSourceId sourceId) {
        return find(sourceId).orElseThrow(() -> new IllegalArgumentException("there is no payment source " + sourceId));
    }

    /** The source, if there is one. */
    public Optional<Source> find(PaymentSourceId sourceId) {
        return database.sql("select * from chain_source where id = :id").param("id", sourceId.value())
                .query((row, index) -> source(row)).optional();
    }

    /** Transactions refer to this output for a script from now on. @param output null for none */
    public void carried(PaymentSourceId sourceId, ContractScript script, OutputRef output) {
        String column = switch (script) {
            case Escrow -> "escrow_script_output";
            case Registry -> "registry_script_output";
        };
        database.sql("update chain_source set " + column + " = :output where id = :id")
                .param("output", output == null ? null : output.toString()).param("id", sourceId.value()).update();
    }

    /** The sources of a network. */
    public List<Source> of(Network network) {
        return database.sql("select * from chain_source where network = :network order by id").param("network", network.name())
                .query((row, index) -> source(row)).list();
    }

    /** All that the node has. */
    public List<Source> all() {
        return database.sql("select * from chain_source order by id").query((row, index) -> source(row)).list();
    }

    private static Source source(ResultSet row) throws SQLException {
        Array admins = row.getArray("admin_addresses");
        return new Source(new PaymentSourceId(row.getString("id")), Network.valueOf(row.getString("network")),
                row.getString("smart_contract_address"), row.getString("policy_id"),
                new ContractParameters(row.getInt("required_admin_signatures"), List.of((String[]) admins.getArray()),
                        row.getString("fee_address"), row.getInt("fee_rate_permille"), row.getLong("cooldown_ms")),
                row.getString("provider_url"), output(row.getString("escrow_script_output")),
                output(row.getString("registry_script_output")));
    }

    private static Optional<OutputRef> output(String text) {
        return Optional.ofNullable(text).map(ref -> new OutputRef(ref.substring(0, ref.indexOf('#')),
                Integer.parseInt(ref.substring(ref.indexOf('#') + 1))));
    }
}
