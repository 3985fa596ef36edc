package io.masumi.node.chain.source;

import io.masumi.node.chain.datum.ShelleyAddress;
import io.masumi.node.escrow.AdminSignature;
import io.masumi.node.source.ContractParameters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who resolves the disputes of a contract: any of its admins whose entries in its list together reach the number that it
 * requires (02-contract, WithdrawDisputed).
 *
 * @param weights how often each key, by its hash in hex, stands in the list; in the list's order
 * @param required entries that must have signed
 */
public record Admins(Map<String, Integer> weights, int required) {

    /** Admins whose address has no key are left out: nobody can sign for them. */
    public static Admins of(ContractParameters parameters) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        parameters.adminAddresses().stream().map(Admins::key).flatMap(Optional::stream).forEach(key -> weights.merge(key, 1, Integer::sum));
        return new Admins(weights, parameters.requiredAdminSignatures());
    }

    /** Those of the keys that are admins, in the contract's order. */
    public List<AdminSignature> among(Collection<String> keys) {
        return weights.entrySet().stream().filter(each -> keys.contains(each.getKey()))
                .map(each -> new AdminSignature(each.getKey(), each.getValue())).toList();
    }

    /** Whether these suffice. */
    public boolean suffice(List<AdminSignature> signatures) {
        return signatures.stream().mapToInt(AdminSignature::weight).sum() >= required;
    }

    private static Optional<String> key(String address) {
        try {
            return ShelleyAddress.parse(address).paymentKeyHash();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
