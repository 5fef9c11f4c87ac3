using System.Globalization;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data;

public sealed class WildNumberTests
{
    [Theory]
    [InlineData(3, "the training part")]
    [InlineData(25, "the validation or test part")]
    [InlineData(35, "the validation or test part")]
    public void One_wild_number_is_told_with_column_row_and_value_in_every_part(int row, string part)
    {
        var place = FormattableString.Invariant($"t.csv:{row + 2}:");

        Load(row, "x", "1e15").Where(IsWild).ShouldHaveSingleItem().ShouldStartWith(
            $"{place}1: column 'x' holds 1000000000000000 in {part}, while nearly all training rows lie from ");
        Load(row, "y", "-1e15").Where(IsWild).ShouldHaveSingleItem()
            .ShouldMatch($"^{place}[34]: the target 'y' holds -1000000000000000 in {part}");
    }

    [Fact]
    public void Rows_beyond_the_training_part_and_long_tails_are_not()
    {
        Load(35, "x", "1000").Where(IsWild).ShouldBeEmpty();
        Load(3, "x", "1000").Where(IsWild).ShouldBeEmpty();
    }

    private static bool IsWild(string warning) => warning.Contains("decides the figures of its part alone", StringComparison.Ordinal);

    private static ValueArray<string> Load(int wild, string column, string value)
    {
        TorchRuntime.Initialize();
        var text = new StringBuilder("x,y\n");
        for (var i = 0; i < 40; i++)
        {
            var (x, y) = (((i * 7) % 40).ToString(CultureInfo.InvariantCulture), ((i * 3) % 40).ToString(CultureInfo.InvariantCulture));
            (x, y) = i != wild ? (x, y) : column == "x" ? (value, y) : (x, value);
            text.Append(CultureInfo.InvariantCulture, $"{x},{y}\n");
        }

        var table = CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "t.csv");
        var spec = new TableSpec { Answer = TargetKind.Numbers };
        return DataSet.Create(
            new TableSamples(TableRows.From(table, null, spec), spec),
            new SplitSpec(TrainRows: new(0, 19), ValidationRows: new(20, 29), TestRows: new(30, 39)),
            1,
            TorchSharp.torch.CPU).Warnings;
    }
}
