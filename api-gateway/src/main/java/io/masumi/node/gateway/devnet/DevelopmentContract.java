package io.masumi.node.gateway.devnet;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.devnet.control.PublishedContract;
import io.masumi.node.source.ContractParameters;
import java.util.HexFormat;
import java.util.List;

/** Our contracts, compiled for a node's development network. */
record DevelopmentContract(String address, CompiledScript escrow, CompiledScript registry) {

    static DevelopmentContract of(ContractParameters parameters) {
        List<String> admins = parameters.adminAddresses().stream().map(Address::new).map(DevelopmentContract::paymentKey).toList();
        Address fee = new Address(parameters.feeAddress());
        CompiledScript escrow = EscrowContract.script(new EscrowParameters(parameters.requiredAdminSignatures(), admins,
                PlutusAddress.of(new Credential.Key(paymentKey(fee)), new Credential.Key(stakeKey(fee))), parameters.feeRatePermille(),
                parameters.cooldownTime()));
        String address = AddressProvider.getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(escrow.hash()),
                Networks.testnet()).toBech32();
        return new DevelopmentContract(address, escrow, RegistryPolicy.script(address));
    }

    private static String paymentKey(Address address) {
        return HexFormat.of().formatHex(address.getPaymentCredentialHash().orElseThrow());
    }

    private static String stakeKey(Address address) {
        return HexFormat.of().formatHex(address.getDelegationCredentialHash().orElseThrow());
    }

    /** For those who join. */
    PublishedContract published(ContractParameters parameters) {
        return new PublishedContract(address, escrow.hex(), registry.hex(), parameters.requiredAdminSignatures(),
                parameters.adminAddresses(), parameters.feeAddress(), parameters.feeRatePermille(), parameters.cooldownTime());
    }
}
