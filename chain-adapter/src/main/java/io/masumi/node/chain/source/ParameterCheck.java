package io.masumi.node.chain.source;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.ContractParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what is stated about a contract against what its script says. The script names admins by their keys only; which
 * address of such a key a statement gives is taken over, for people to recognise.
 */
final class ParameterCheck {

    private final Network network;
    private final ScriptParameters.Escrow found;

    ParameterCheck(Network network, ScriptParameters.Escrow found) {
        this.network = network;
        this.found = found;
    }

    /**
     * The contract's parameters.
     *
     * @param usual addresses of admins, used for the keys that nothing is stated about
     * @throws IllegalArgumentException naming the first member that is stated otherwise, what is stated and what was found
     */
    ContractParameters with(AddPaymentSource.Stated stated, List<String> usual) {
        same("requiredAdminSignatures", stated.requiredAdminSignatures(), found.requiredAdminSignatures());
        same("feeRatePermille", stated.feeRatePermille(), found.feeRatePermille());
        same("cooldownTime", stated.cooldownTime(), found.cooldownTime());
        same("FeeReceiverNetworkWallet.walletAddress",
                stated.feeAddress() == null ? null : ShelleyAddress.parse(network, stated.feeAddress()).bech32(),
                found.feeAddress().bech32());
        return new ContractParameters(found.requiredAdminSignatures(), admins(stated.adminAddresses(), usual), found.feeAddress().bech32(),
                found.feeRatePermille(), found.cooldownTime());
    }

    private static void same(String member, Object stated, Object found) {
        if (stated != null && !stated.equals(found)) {
            throw new IllegalArgumentException(member + " is stated as " + stated + ", but the contract has " + found);
        }
    }

    /** In the contract's order. */
    private List<String> admins(List<String> stated, List<String> usual) {
        Map<String, String> addresses = new HashMap<>();
        usual.forEach(address -> addresses.put(keyHash(address), address));
        if (stated != null) {
            List<String> keyHashes = stated.stream().map(this::keyHash).toList();
            List<String> extra = without(keyHashes, found.adminKeyHashes());
            List<String> missing = without(found.adminKeyHashes(), keyHashes);
            if (!extra.isEmpty() || !missing.isEmpty()) {
                throw new IllegalArgumentException("AdminWallets are stated with the payment keys " + keyHashes
                        + ", but the contract has " + found.adminKeyHashes());
            }
            for (int i = 0; i < stated.size(); i++) {
                addresses.put(keyHashes.get(i), stated.get(i));
            }
        }
        return found.adminKeyHashes().stream()
                .map(hash -> addresses.getOrDefault(hash, ShelleyAddress.ofPaymentKey(network, hash).bech32())).toList();
    }

    private String keyHash(String address) {
        return ShelleyAddress.parse(network, address).paymentKeyHash()
                .orElseThrow(() -> new IllegalArgumentException("AdminWallets: an admin must be held by a key: " + address));
    }

    private static List<String> without(List<String> all, List<String> removed) {
        List<String> left = new ArrayList<>(all);
        removed.forEach(left::remove);
        return left;
    }
}
