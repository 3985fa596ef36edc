package io.masumi.node.credit;

import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The settings {@code masumi.credits.*}, lovelace; each that is absent is as in {@link CreditRules#STANDARD}. */
@ConfigurationProperties("masumi.credits")
record CreditSettings(Long transactionFee, Long collateralReturn, Long collateralReturnPerToken, Long deposit, Long mostFunding,
        Long sellingAllowance, Integer mostOpen) {

    CreditRules rules() {
        CreditRules standard = CreditRules.STANDARD;
        return new CreditRules(
                Objects.requireNonNullElse(transactionFee, standard.transactionFee()),
                Objects.requireNonNullElse(collateralReturn, standard.collateralReturn()),
                Objects.requireNonNullElse(collateralReturnPerToken, standard.collateralReturnPerToken()),
                Objects.requireNonNullElse(deposit, standard.deposit()),
                Objects.requireNonNullElse(mostFunding, standard.mostFunding()),
                Objects.requireNonNullElse(sellingAllowance, standard.sellingAllowance()),
                Objects.requireNonNullElse(mostOpen, standard.mostOpen()));
    }
}
