package io.masumi.node.chain.follower;

import java.util.List;

/** What a transaction did to escrows. @param oddities what of it at the contract's address could not be read, in words */
record Observations(List<Observation> escrows, List<String> oddities) {

    /** Those about agents of a registry. @param policyId hex */
    List<Observation> ofRegistry(String policyId) {
        return escrows.stream().filter(each -> each.isOf(policyId)).toList();
    }
}
