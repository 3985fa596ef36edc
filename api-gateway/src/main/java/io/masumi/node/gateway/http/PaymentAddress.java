package io.masumi.node.gateway.http;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;

/** Addresses that clients name: a wrong one is refused before anything goes there, not when the money is to move. */
public final class PaymentAddress {

    private PaymentAddress() {}

    /**
     * @param member what to call it in an error
     * @throws Problem 400 unless it is an address of that network
     */
    public static ShelleyAddress of(String member, Network network, String bech32) {
        try {
            return ShelleyAddress.parse(network, bech32);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(member + ": " + e.getMessage());
        }
    }

    /**
     * @param bech32 null for none
     * @return null for none
     * @throws Problem 400 unless it is an address of that network that a key holds: what a script holds may be lost
     */
    public static Participant ofKey(String member, Network network, String bech32) {
        if (bech32 == null) {
            return null;
        }
        Participant participant = of(member, network, bech32).participant();
        if (participant.vkey() == null) {
            throw Problem.invalid(member + " must be of a key, not of a script");
        }
        return participant;
    }
}
