package io.masumi.node.contracts;

/** The rules of the escrow contract that a spend can break; which of them a redeemer asks for stands in {@link EscrowRules}. */
public enum EscrowRule {
    /** The spent output holds a well-formed escrow datum, inline. */
    ESCROW_DATUM,
    /** The validity range has a finite upper bound. */
    FINITE_UPPER_BOUND,
    /** Exactly one input is at the contract, by payment credential. */
    ONE_INPUT,
    /** At most one output is at the contract, by payment credential. */
    AT_MOST_ONE_OUTPUT,
    /** No output at the contract carries a reference script. */
    NO_REFERENCE_SCRIPT,
    SIGNED_BY_BUYER,
    SIGNED_BY_SELLER,
    /** required_admins is positive and that many entries of admin_vks signed. */
    SIGNED_BY_ADMINS,
    AFTER_BUYER_COOLDOWN,
    AFTER_SELLER_COOLDOWN,
    AFTER_SUBMIT_RESULT_TIME,
    AFTER_UNLOCK_TIME,
    AFTER_EXTERNAL_DISPUTE_UNLOCK_TIME,
    BEFORE_UNLOCK_TIME,
    /** Before submit_result_time or, when a result is there already, before external_dispute_unlock_time. */
    RESULT_IN_TIME,
    /** The redeemer is allowed in the datum's state. */
    STATE,
    /** The spent datum has a result hash. */
    HAS_RESULT,
    /** The spent datum has no result hash. */
    HAS_NO_RESULT,
    /** Tagged outputs to the fee address hold the fee of every asset. */
    FEE_PAID,
    /** Tagged outputs to the buyer hold the collateral return. */
    COLLATERAL_RETURNED,
    /** An output at the contract's address holds a well-formed escrow datum, inline. */
    CONTINUES,
    /** The continuing output holds at least the input's lovelace. */
    KEEPS_LOVELACE,
    /** The continuing output holds exactly the input's other assets. */
    KEEPS_ASSETS,
    /** Fields that no redeemer may change are as before. */
    KEEPS_TERMS,
    NEXT_RESULT_HASH,
    NEXT_SELLER_COOLDOWN,
    NEXT_BUYER_COOLDOWN,
    NEXT_STATE
}
