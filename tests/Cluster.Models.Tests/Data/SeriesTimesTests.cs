using System.Globalization;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data;

public sealed class SeriesTimesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-times-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Several_series_in_one_file_are_told_with_the_column_that_tells_them_apart() =>
        Told("store,date,y", Enumerable.Range(0, 40).Select(i => $"{"AB"[i % 2]},{Day(i / 2)},{i}"))
            .ShouldBe(
            [
                "column 'date' has 20 of 20 dates more than once, first at s.csv:3:3: '2020-01-01'; column 'store' tells 2 series apart, "
                    + "and windows mix them: put one series into each file, or one column for each into one row.",
            ]);

    [Fact]
    public void Several_rows_of_a_date_that_nothing_tells_apart_are_told() =>
        Told("date,y", Enumerable.Range(0, 40).Select(i => $"{Day(i / 2)},{i}")).Single()
            .ShouldContain("has 20 of 20 dates more than once, first at s.csv:3:1: '2020-01-01'; where the rows are of several series");

    [Fact]
    public void A_date_that_stands_twice_is_told() =>
        Told("date,y", Enumerable.Range(0, 40).Select(i => $"{Day(i > 9 ? i - 1 : i)},{i}")).Single()
            .ShouldContain("has 1 of 39 dates more than once, first at s.csv:12:1: '2020-01-10'; a series has one row for each step");

    [Fact]
    public void Steps_that_are_missing_are_told() =>
        Told("date,y", Enumerable.Range(0, 40).Select(i => $"{Day(i > 19 ? i + 70 : i)},{i}")).Single()
            .ShouldContain("steps by 1 day, but in 1 place(s) by more, "
                + "first from '2020-01-20' to '2020-03-31' (s.csv:22:1), at most by 71 days");

    [Fact]
    public void Steps_of_a_number_that_counts_them_are_told() =>
        Told("t,y", Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i > 19 ? i + 7 : i) * 10},{i}"))).Single()
            .ShouldContain("steps by 10, but in 1 place(s) by more, first from '190' to '270' (s.csv:22:1), at most by 80");

    [Fact]
    public void Days_of_work_months_and_numbers_that_are_no_time_are_no_gaps()
    {
        Told("date,y", Enumerable.Range(0, 60).Where(i => i % 7 < 5).Select(i => $"{Day(i)},{i}")).ShouldBeEmpty();
        Told("date,y", Enumerable.Range(0, 40).Select(
            i => $"{new DateTime(2020, 1, 1).AddMonths(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},{i}")).ShouldBeEmpty();
        Told("count,y", Enumerable.Range(0, 40).Select(i => $"{i * i},{i}")).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_out_of_order_are_told_with_the_first_of_them() =>
        Told("date,y", Enumerable.Range(0, 40).Select(i => $"{Day(i is 9 ? 10 : i is 10 ? 9 : i)},{i}")).Single()
            .ShouldContain("steps back 1 time(s), first at s.csv:12:1; if it is the time, sort the lines by it");

    // What a search tells and what a description tells are the same.
    private string[] Told(string header, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, "s.csv");
        File.WriteAllLines(path, lines.Prepend(header));
        TorchRuntime.Initialize();
        var spec = new DataSpec(path, null, new(), Format: DataFormat.Series, Series: new(Window: 2));
        static bool IsOfTime(string warning) => warning.Contains("more than once", StringComparison.Ordinal)
            || warning.Contains("steps by", StringComparison.Ordinal)
            || warning.Contains("steps back", StringComparison.Ordinal);
        string[] searched = [.. DataSet.Create(SampleReader.Read(spec), new(), 0, TorchSharp.torch.CPU).Warnings.Where(IsOfTime)];
        string[] described = [.. DataDescriber.Describe(spec).Warnings.Where(IsOfTime)];

        described.ShouldBe(searched);
        return [.. searched.Select(warning => warning.Replace("s.csv: ", "", StringComparison.Ordinal))];
    }

    private static string Day(int number) => new DateTime(2020, 1, 1).AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
