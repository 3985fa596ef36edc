package io.masumi.node.chain.source;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.source.ContractParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who resolves the disputes of a contract: any of its admins whose entries in its list together reach the number that it
 * requires (docs/contracts.md, "Rules and their tests").
 *
 * @param addresses bech32 of each admin, by the hash of its key in hex; in the list's order
 * @param weights how often each key stands in the list
 * @param required entries that must have signed
 */
public record Admins(Map<String, String> addresses, Map<String, Integer> weights, int required) {

    /** Admins whose address has no key are left out: nobody can sign for them. */
    public static Admins of(ContractParameters parameters) {
        Map<String, String> addresses = new LinkedHashMap<>();
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String address : parameters.adminAddresses()) {
            key(address).ifPresent(key -> {
                addresses.putIfAbsent(key, address);
                weights.merge(key, 1, Integer::sum);
            });
        }
        return new Admins(addresses, weights, parameters.requiredAdminSignatures());
    }

    /** All of them, in the contract's order. */
    public List<AdminWeight> all() {
        return among(weights.keySet());
    }

    /** Those of the keys that are admins, in the contract's order. */
    public List<AdminWeight> among(Collection<String> keys) {
        return weights.entrySet().stream().filter(each -> keys.contains(each.getKey()))
                .map(each -> new AdminWeight(each.getKey(), each.getValue())).toList();
    }

    /** The first that together suffice, in the contract's order; all when even they do not. */
    public List<AdminWeight> firstSufficient() {
        return firstSufficientWith(List.of());
    }

    /** As {@link #firstSufficient}, but these keys are among them if they are admins. */
    public List<AdminWeight> firstSufficientWith(Collection<String> keys) {
        List<AdminWeight> chosen = new ArrayList<>(among(keys));
        int weight = chosen.stream().mapToInt(AdminWeight::weight).sum();
        for (AdminWeight admin : all()) {
            if (weight < required && !chosen.contains(admin)) {
                chosen.add(admin);
                weight += admin.weight();
            }
        }
        return among(chosen.stream().map(AdminWeight::vkey).toList());
    }

    private static Optional<String> key(String address) {
        try {
            return ShelleyAddress.parse(address).paymentKeyHash();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
