package dev.roster.platform.validation;

import java.lang.Character.UnicodeScript;

/**
 * Tells text that shows what it says from text with characters that are not seen, or that turn
 * others around (Unicode Technical Report 36, section 2).
 */
public final class VisibleText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int BLANK_BRAILLE = 0x2800;

    // Default_Ignorable_Code_Point of the Unicode Character Database, a property that Java does not know, and U+FFFC,
    // which stands for what is not in the text: first and last of each range
    private static final int[] IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B,
        0x180F, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F,
        0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFC, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000,
        0xE0FFF
    };

    // Before it, all that is no control character and no space is seen
    private static final int FIRST_INVISIBLE = 0x7F;

    private VisibleText() {}

    /**
     * Whether a text for people shows what it says, and something at all. Joiners and variation
     * selectors are let through behind what they join, such as the parts of an emoji or letters of
     * an Indic or Arabic word, and nowhere else.
     */
    public static boolean isVisible(String text) {
        int before = ' ';
        boolean seen = false;
        for (int i = 0; i < text.length(); i += Character.charCount(before)) {
            int character = text.codePointAt(i);
            if (character > ' ' && character < FIRST_INVISIBLE) {
                seen = true;
                before = character;
                continue;
            }
            if (isLineEnd(character) || (isIgnorable(character) && !joins(before, character))) {
                return false;
            }
            seen |= !isBlank(character);
            before = character;
        }
        return seen;
    }

    /** Whether a character is drawn as nothing, or only changes how others are drawn. */
    static boolean isIgnorable(int character) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (character >= IGNORABLE[i] && character <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether a character is drawn as an empty place, or not at all. */
    static boolean isBlank(int character) {
        return Character.isSpaceChar(character)
                || Character.isWhitespace(character)
                || character == BLANK_BRAILLE
                || isIgnorable(character);
    }

    private static boolean isLineEnd(int character) {
        return Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean joins(int before, int character) {
        if (isVariation(character)) {
            return isJoined(before) || "0123456789#*".indexOf(before) >= 0;
        }
        if (isTag(character)) {
            return isTag(before) || Character.getType(before) == Character.OTHER_SYMBOL;
        }
        return (character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER)
                && (isJoined(before) || isVariation(before));
    }

    private static boolean isJoined(int before) {
        if (isIgnorable(before)) {
            return false;
        }
        return switch (Character.getType(before)) {
            case Character.OTHER_SYMBOL,
                    Character.MATH_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            case Character.OTHER_LETTER -> UnicodeScript.of(before) != UnicodeScript.LATIN;
            default -> false;
        };
    }

    private static boolean isVariation(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
    }

    // The letters of the regional flags
    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }
}
