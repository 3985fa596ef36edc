package io.masumi.node.gateway.registry;

import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.HexText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** Asks to deregister an agent. @param smartContractAddress bech32; null for any */
record DeregisterAgentRequest(
        @NotNull @Size(min = 57, max = 250) @Pattern(regexp = "[0-9a-fA-F]+", message = "must be hex") String agentIdentifier,
        @NotNull Network network,
        @Size(min = 58, max = 120) @Pattern(regexp = "(addr1|addr_test1)[0-9a-z]+", message = "must be a bech32 address") String smartContractAddress) {

    DeregisterAgentRequest {
        agentIdentifier = HexText.lowerCase(agentIdentifier);
    }
}
