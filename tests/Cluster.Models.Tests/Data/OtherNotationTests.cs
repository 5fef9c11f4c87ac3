using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Models.Tests.Data;

public sealed class OtherNotationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-notation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Six different texts in ninety rows: too few to be told as names that nearly every row has its own of.
    [Theory]
    [InlineData("'0'|'7'|'12'", "holds numbers in quotes, such as '0'")]
    [InlineData("'0|'7|'12", "holds numbers in quotes")]
    [InlineData("\u201C1\u201D|\u201C2\u201D", "holds numbers in quotes")]
    [InlineData("(1.5)|(4)|(7)", "notation")]
    [InlineData("\"1,00,000\"|\"12,34,567\"", "notation")]
    [InlineData("01.02.25|15.03.25", "")]
    [InlineData("1-Jan-26|2-Feb-26", "notation")]
    [InlineData("Jan 2026|Feb 2026", "notation")]
    [InlineData("2026-02-30|2026-02-31", "notation")]
    [InlineData("08:00|23:59", "notation")]
    [InlineData("1h30m|45m|2h", "notation")]
    [InlineData("1_000|2_500", "notation")]
    [InlineData("1.5k|2M|1B", "notation")]
    [InlineData("\u0661\u0662|\u0662\u0663", "notation")]
    [InlineData("0x1F|0x2A", "notation")]
    [InlineData("1.5D3|2.5D3", "notation")]
    [InlineData("1\u00D710^3|2\u00D710^4", "notation")]
    [InlineData("1/8|3/8", "notation")]
    [InlineData("<5|>10", "notation")]
    [InlineData("1.5\u00B10.1|2.5\u00B10.2", "notation")]
    [InlineData("10-20|20-30", "notation")]
    [InlineData("2026-W01|2026-W02", "notation")]
    [InlineData("2026Q1|2026Q2", "notation")]
    [InlineData("PT20M|PT1H30M", "notation")]
    [InlineData("P1D|P2DT3H", "notation")]
    [InlineData("1 lakh|3.5 crore", "notation")]
    [InlineData("\"Saturday, February 1, 2020\"|\"Monday, March 2, 2020\"", "notation")]
    [InlineData("0xDEADBEEF|0xCAFE", "notation")]
    [InlineData("12 Main Street|7 Elm Street", null)]
    [InlineData("A1|B2|C3", null)]
    [InlineData("red|green|blue", null)]
    [InlineData("type 1|type 2", null)]
    public void Amounts_in_a_notation_that_is_not_read_are_told(string texts, string? told)
    {
        var values = texts.Split('|');
        var description = Describe("v,z,y", Enumerable.Range(0,
            90).Select(i => $"{values[i % values.Length]},{i},{(i % 2 == 0 ? "a" : "b")}"));
        var warnings = description.Warnings.Where(warning => warning.Contains("column 'v'", StringComparison.Ordinal)).ToList();

        (warnings.Count > 0 || description.Columns[0].Type != ColumnType.Category).ShouldBe(told is not null, string.Join(' ', warnings));
        (told is { Length: > 0 } ? warnings.Exists(warning => warning.Contains(told, StringComparison.Ordinal))
            : true).ShouldBeTrue(string.Join(' ', warnings));
    }

    // Told as amounts first: that they should be left out is the worse half of the advice.
    [Theory]
    [InlineData("({0}.50)")]
    [InlineData("0x{0:X}")]
    [InlineData("PT{0}M")]
    public void Amounts_of_which_each_row_has_its_own_are_told_as_such(string form) =>
        Describe("v,y", Enumerable.Range(10, 40)
            .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i) + $",{i % 2}"))
            .Warnings.ShouldContain(warning => warning.Contains("in a notation that is not read", StringComparison.Ordinal)
                && warning.Contains("or leave the column out with data.exclude", StringComparison.Ordinal));

    [Theory]
    [InlineData("+0049", true)]
    [InlineData("-01", true)]
    [InlineData("0049", true)]
    [InlineData("-1", false)]
    [InlineData("0", false)]
    public void Numbers_that_begin_with_0_behind_a_sign_are_told_too(string text, bool told) =>
        Describe("v,y", Enumerable.Range(0, 20).Select(i => $"{(i == 3 ? text : $"{i}")},{i % 2}")).Warnings
            .Any(warning => warning.Contains("begin with 0", StringComparison.Ordinal)).ShouldBe(told);

    [Theory]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("yes", "yes\u200B")]
    [InlineData("yes", "\uFEFFyes")]
    [InlineData("a-b", "a\u2010b")]
    [InlineData("A", "\u0410")]
    [InlineData("it's", "it\u2019s")]
    [InlineData("fit", "\uFB01t")]
    [InlineData("Stra\u00DFe", "STRASSE")]
    [InlineData("new_york", "new-york")]
    [InlineData("new york", "new_york")]
    [InlineData("tea", "Tea ")]
    [InlineData("\uFF11\uFF12x", "12x")]
    public void Labels_that_look_alike_are_told_with_what_cannot_be_seen(string one, string other)
    {
        var warnings = Describe("z,y", Enumerable.Range(0,
            30).Select(i => $"{i},{(i % 3) switch { 0 => one, 1 => other, _ => "else" }}")).Warnings;

        var told = warnings.ShouldHaveSingleItem();
        told.ShouldContain("signs that look alike");
        (one + other).EnumerateRunes().Where(rune => !rune.IsAscii).ToList().ForEach(rune => told.ShouldContain($"U+{rune.Value:X4}"));
    }

    [Theory]
    [InlineData("cafe", "caf\u00E9")]
    [InlineData("-1", "1")]
    [InlineData("a", "b")]
    public void Labels_that_differ_to_the_eye_are_not(string one, string other) =>
        Describe("z,y", Enumerable.Range(0, 30).Select(i => $"{i},{(i % 2 == 0 ? one : other)}")).Warnings.ShouldBeEmpty();

    [Fact]
    public void Categories_that_are_one_written_twice_are_told_where_their_type_is_said()
    {
        string[] texts = ["1", "01", "1.0", "2"];
        var rows = Enumerable.Range(0, 40).Select(i => $"{texts[i % 4]},{i},{i % 2}");
        var table = new TableSpec { Types = new([KeyValuePair.Create("k", ColumnType.Category)]) };
        var samples = SampleReader.Read(new(Write("k,z,y", rows), null, new SplitSpec(), Table: table));

        ((Models.Data.Tables.TableSamples)samples).Table.Warnings.ShouldContain(warning => warning.Contains("'01' and '1' and '1.0'",
            StringComparison.Ordinal));
    }

    private DataDescription Describe(string header, IEnumerable<string> rows) => DataDescriber.Describe(new(Write(header, rows), null,
        new SplitSpec()));

    private string Write(string header, IEnumerable<string> rows)
    {
        var path = Path.Combine(_folder, "t.csv");
        File.WriteAllText(path, string.Join('\n', rows.Prepend(header)) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
