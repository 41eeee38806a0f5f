package com.convmerge.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.CellRangeAddress;

/** What the XML of a sheet says and the library does not: hidden rows, where cells link, and what of it the library cannot read. */
final class ExcelSheet {
    /** The types of cells that the library knows. ISO dates ("d") are not among them. */
    private static final Set<String> KNOWN_TYPES = Set.of("b", "e", "n", "s", "str", "inlineStr");

    private static final String SHARED_TEXT = "s";
    private static final int ROWS = 1_048_576;
    private static final Pattern RANGE = Pattern.compile("[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}");

    /** A sheet that is no table, such as one that is a chart. */
    static final ExcelSheet UNKNOWN = new ExcelSheet(Map.of(), 0);

    private final Map<String, String> targets;
    private final long sharedTexts;
    private final BitSet hidden = new BitSet();
    private final Map<String, String> links = new HashMap<>();
    private final List<LinkedRange> linkedRanges = new ArrayList<>();
    private int row;
    private int rowsSeen;
    private String type = "";
    private boolean hasOtherTypes;
    private int rowWithoutText;

    private record LinkedRange(CellRangeAddress range, String target) {}

    private ExcelSheet(Map<String, String> targets, long sharedTexts) {
        this.targets = targets;
        this.sharedTexts = sharedTexts;
    }

    /** @param part the sheet's XML */
    static ExcelSheet read(ExcelParts parts, String part, long sharedTexts) throws IOException {
        ExcelSheet sheet = new ExcelSheet(parts.targets(part), sharedTexts);
        parts.read(part, sheet::look);
        return sheet;
    }

    private void look(XMLStreamReader element) throws XMLStreamException {
        switch (element.getLocalName()) {
            case "row" -> beginRow(element);
            case "c" -> {
                String given = ExcelParts.attribute(element, "t");
                type = given.isEmpty() ? "n" : given;
                hasOtherTypes = hasOtherTypes || !KNOWN_TYPES.contains(type);
            }
            case "v" -> {
                if (type.equals(SHARED_TEXT) && rowWithoutText == 0 && !isShared(element.getElementText())) {
                    rowWithoutText = row;
                }
            }
            case "hyperlink" -> link(element);
            default -> {
                // All else the library reads.
            }
        }
    }

    private void beginRow(XMLStreamReader element) {
        rowsSeen++;
        String number = ExcelParts.attribute(element, "r");
        row = number.matches("[0-9]{1,7}") ? Integer.parseInt(number) : rowsSeen;
        if (ExcelParts.attribute(element, "hidden").matches("1|true") && row <= ROWS) {
            hidden.set(row);
        }
    }

    private boolean isShared(String index) {
        return index.isEmpty() || (index.matches("[0-9]{1,9}") && Integer.parseInt(index) < sharedTexts);
    }

    private void link(XMLStreamReader element) {
        String target = targets.get(relation(element));
        if (target == null) {
            return;
        }
        String cells = ExcelParts.attribute(element, "ref");
        String location = ExcelParts.attribute(element, "location");
        String link = location.isEmpty() ? target : target + "#" + location;
        if (RANGE.matcher(cells).matches()) {
            linkedRanges.add(new LinkedRange(CellRangeAddress.valueOf(cells), link));
        } else {
            links.put(cells, link);
        }
    }

    /** The attribute's namespace is another one in a strict file. */
    private static String relation(XMLStreamReader element) {
        for (int i = 0; i < element.getAttributeCount(); i++) {
            String namespace = element.getAttributeNamespace(i);
            if (element.getAttributeLocalName(i).equals("id") && namespace != null && !namespace.isEmpty()) {
                return element.getAttributeValue(i);
            }
        }
        return "";
    }

    /** Whether a row is hidden, by itself or by a filter. */
    boolean isHidden(long rowNumber) {
        return rowNumber <= ROWS && hidden.get((int) rowNumber);
    }

    /** Where a cell links. */
    Optional<String> link(CellAddress cell) {
        return Optional.ofNullable(links.get(cell.toString())).or(() -> linkedRanges.stream()
                .filter(linked -> linked.range().isInRange(cell))
                .map(LinkedRange::target)
                .findFirst());
    }

    /** Whether there are cells of types that the library does not know. */
    boolean hasOtherTypes() {
        return hasOtherTypes;
    }

    /** The first row with a cell whose text the file does not have; 0 if there is none. */
    int rowWithoutText() {
        return rowWithoutText;
    }
}
