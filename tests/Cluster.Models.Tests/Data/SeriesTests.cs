using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Native;
using SearchCluster.TestKit.Data;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Data;

public sealed class SeriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-series-").FullName;

    public SeriesTests() => TorchRuntime.Initialize();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Windows_show_what_came_before_the_answer()
    {
        var data = Create(
            Write("s.csv", "day,value\na,1\nb,2\nc,3\nd,4\ne,5\nf,6\ng,7\nh,8\n"), DataFormat.Series, new(Window: 2, Horizon: 2));

        // Five windows: 1 2 → 4, 2 3 → 5, …, 5 6 → 8; three to train, one each to validate and test.
        (data.Train.Rows, data.Validation.Rows, data.Test!.Rows).ShouldBe((3, 1, 1));
        data.Shape.Input.ShouldBe([2L, 1]);
        var scaling = data.TargetScaling;
        data.Train.Targets
            .mul(scaling.Deviation[0])
            .add(scaling.Mean[0])
            .data<float>()
            .ToArray()
            .Select(value => Math.Round(value, 4))
            .ShouldBe([4, 5, 6]);
        scaling.Mean.ShouldBe([5f]);

        // The first four steps are those that training windows show: mean 2.5, deviation √1.25.
        data.Test.Inputs
            .flatten()
            .mul(MathF.Sqrt(1.25f))
            .add(2.5f)
            .data<float>()
            .ToArray()
            .Select(value => Math.Round(value, 4))
            .ShouldBe([5, 6]);
    }

    [Fact]
    public void An_empty_step_is_as_the_one_before_where_it_may_be_filled()
    {
        var path = Write("s.csv", "day,value\na,1\nb,\nc,3\nd,4\ne,5\nf,6\n");

        Should.Throw<DataException>(() => Create(path, DataFormat.Series, new(Window: 1))).Code.ShouldBe("SC3004");
        Create(path, DataFormat.Series, new(Window: 1), new() { Missing = MissingPolicy.Mean }).Train.Rows.ShouldBe(3);
    }

    [Fact]
    public void Columns_that_a_window_does_not_show_are_told()
    {
        var path = Write("s.csv", "t,v,u\n1,1,9\n2,2,8\n3,3,7\n4,4,6\n5,5,5\n6,6,4\n");
        IEnumerable<string> Told(TableSpec? table) => Create(path, DataFormat.Series, new(Window: 1),
            table).Warnings.Where(warning => warning.Contains("are not looked at", StringComparison.Ordinal));

        Told(null).ShouldHaveSingleItem().ShouldContain("2 column(s) are not looked at: t, v. A window of a series shows what is to be "
            + "answered");
        Told(new() { Exclude = ["t"] }).ShouldHaveSingleItem().ShouldContain("1 column(s) are not looked at: v.");
        Told(new() { Exclude = ["t", "v"] }).ShouldBeEmpty();
        Told(new() { Features = ["v"] }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1,1|2,2|3,3|4,4|5,5|6,6", null)]
    [InlineData("6,1|5,2|4,3|3,4|2,5|1,6", "column 't' runs backwards")]
    [InlineData("2026-01-01,1|2026-01-02,2|2026-01-03,3|2026-01-04,4|2026-01-05,5", null)]
    [InlineData("2026-01-01,1|2026-01-03,2|2026-01-02,3|2026-01-04,4|2026-01-05,5", "column 't' steps back 1 time(s)")]
    [InlineData("3,1|1,2|2,3|9,4|4,5|7,6", null)]
    [InlineData("1,1|2,2|3,|4,4|5,5|6,6|7,7", "windows reach over 1 place(s)")]
    public void Lines_that_are_not_in_the_order_of_time_are_told(string lines, string? told)
    {
        var path = Write("s.csv", "t,v\n" + lines.Replace('|', '\n') + "\n");

        var warnings = Create(path, DataFormat.Series, new(Window: 1), new() { Missing = MissingPolicy.Drop, Exclude = ["t"] }).Warnings;

        if (told is null)
        {
            warnings.ShouldBeEmpty();
        }
        else
        {
            warnings.ShouldContain(warning => warning.Contains(told, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_series_shorter_than_a_window_is_told()
    {
        Should.Throw<DataException>(() => Create(Write("s.csv", "value\n1\n2\n"), DataFormat.Series, new(Window: 2))).Message
            .ShouldContain("has 2 steps, but a window of 2 with its answer 1 further on needs 3");
    }

    [Fact]
    public void Characters_are_numbers_and_the_next_one_is_the_class()
    {
        var data = Create(Write("t.txt", "abcabcabcabc"), null, new(Window: 3));

        data.Shape.Symbols.ShouldBe(3);
        data.Shape.ClassLabels.ShouldBe(["a", "b", "c"]);
        data.Train.Inputs[0].data<long>().ToArray().ShouldBe([0L, 1, 2]);
        data.Train.Targets.data<long>().ToArray().ShouldAllBe(k => k == 0);
    }

    [Fact]
    public void A_character_is_one_however_many_units_it_takes()
    {
        var data = Create(Write("t.txt", string.Concat(Enumerable.Repeat("a😀🚀𝔊", 6))), null, new(Window: 3));

        data.Shape.Symbols.ShouldBe(4);
        data.Shape.ClassLabels.ShouldBe(["a", "𝔊", "😀", "🚀"]);
        data.Train.Inputs[0].data<long>().ToArray().ShouldBe([0L, 2, 3]);
        data.Train.Targets[0].item<long>().ShouldBe(1);
        var alphabet = data.Preprocessing.ShouldBeOfType<TextPreprocessing>();
        alphabet.Encode(["x😀"[1..], "a🚀😀𝔊"]).data<long>().ToArray().ShouldBe([0L, 0, 2, 3, 2, 1]);
        Should.Throw<DataException>(() => alphabet.Encode(["a🎉"])).Message.ShouldContain("U+1F389");
    }

    [Fact]
    public void An_alphabet_is_read_back_as_it_was_written()
    {
        var written = new TextPreprocessing("\n ab😀🚀", 4, 1, 2);

        var json = System.Text.Json.JsonSerializer.Serialize<InputPreprocessing>(
            written, Models.ModelFiles.ModelJsonContext.Default.InputPreprocessing);

        System.Text.Json.JsonSerializer.Deserialize(json, Models.ModelFiles.ModelJsonContext.Default.InputPreprocessing).ShouldBe(written);
        System.Text.Json.JsonSerializer
            .Deserialize(
                "{\"kind\":\"text\",\"symbols\":\"abc\",\"window\":4,\"horizon\":1}",
                Models.ModelFiles.ModelJsonContext.Default.InputPreprocessing)
            .ShouldBe(new TextPreprocessing("abc", 4, 1), "as release 1.0 wrote it");
    }

    [Theory]
    [InlineData(new byte[] { 97, 10, 98, 0xC3, 40, 99 }, "t.txt:2:2 holds the byte 0xC3")]
    [InlineData(new byte[] { 97, 0xED, 0xA0, 0x80 }, "t.txt:1:2 holds the byte 0xED")]
    [InlineData(new byte[] { 97, 98, 0, 99 }, "t.txt:1:3 holds the byte 0x00")]
    public void Bytes_that_are_no_text_are_refused_with_their_place(byte[] content, string expected)
    {
        var path = Path.Combine(_folder, "t.txt");
        File.WriteAllBytes(path, content);

        Should.Throw<DataException>(() => TextFile.Read(path)).Message.ShouldContain(expected);
        Should.Throw<DataException>(() => Create(path, DataFormat.Text, new(Window: 1))).Code.ShouldBe("SC3010");
    }

    [Theory]
    [InlineData(10, 3, 1, 1, 7)]
    [InlineData(10, 3, 1, 3, 3)]
    [InlineData(4, 3, 1, 1, 1)]
    [InlineData(3, 3, 1, 1, 0)]
    public void Rows_are_counted(int steps, int length, int horizon, int stride, int rows) =>
        new Windows(length, horizon, stride).Count(steps).ShouldBe(rows);

    [Theory]
    [InlineData("sequences/airline-passengers.csv", 144)]
    [InlineData("sequences/sunspots.csv", 309)]
    [InlineData("sequences/co2.csv", 2_284)]
    public void Real_series_are_read(string path, int steps)
    {
        var data = Create(RealData.Require(path), DataFormat.Series, new(Window: 12), new() { Missing = MissingPolicy.Mean });

        (data.Train.Rows + data.Validation.Rows + data.Test!.Rows).ShouldBe(steps - 12);
        data.Train.Inputs.isfinite().all().item<bool>().ShouldBeTrue();
    }

    private static DataSet Create(string path, DataFormat? format, SeriesSpec series, TableSpec? table = null)
    {
        var spec = new DataSpec(path, null, new SplitSpec(), Format: format, Table: table, Series: series);
        return DataSet.Create(SampleReader.Read(spec), spec.Split, 1, CPU);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
