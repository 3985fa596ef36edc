package io.masumi.node.gateway.escrow;

import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import tools.jackson.databind.ObjectMapper;

/** Finds the record that a request names. */
public final class Records {

    private final Views views;
    private final ObjectMapper json;

    public Records(Views views, ObjectMapper json) {
        this.views = views;
        this.json = json;
    }

    /**
     * The record that a query finds, if it is of that network.
     *
     * @param kind what to call it in an error
     * @throws Problem 404 if there is none
     */
    public WireRecord find(Object query, Network network, String kind) {
        return views.one(query, WireRecord.class).filter(found -> found.network() == network)
                .orElseThrow(() -> Problem.notFound("There is no " + kind + " with this blockchainIdentifier on " + network));
    }

    /**
     * An operator must act on what the record shows now.
     *
     * @param seen the record's updatedAt as the operator saw it
     * @throws Problem 409 if the record has changed since
     */
    public void mustStillBe(WireRecord found, WireTime seen) {
        String updatedAt = json.readTree(found.json()).path("updatedAt").asString();
        if (WireTime.parse(updatedAt).millis() != seen.millis()) {
            throw Problem.conflict("The record changed meanwhile, at " + updatedAt + "; look at it and try again", null, null);
        }
    }

    /** Whether a record is of that contract. @param smartContractAddress bech32; null for any */
    public boolean isOf(WireRecord found, String smartContractAddress) {
        return smartContractAddress == null
                || smartContractAddress.equals(json.readTree(found.json()).at("/PaymentSource/smartContractAddress").asString(null));
    }
}
