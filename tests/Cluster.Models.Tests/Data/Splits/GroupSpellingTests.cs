using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Splits;

/// <summary>One group that is written in two ways would be in two parts.</summary>
public sealed class GroupSpellingTests
{
    [Fact]
    public void Notations_of_one_number_are_one_group_which_is_told()
    {
        var rows = Rows(["1", "1.0", "2", "02", "3", "3e0", "4"]);

        rows.Groups!.Names.ShouldBe(["1", "2", "3", "4"]);
        rows.Groups.Of.ShouldBe([0, 0, 1, 1, 2, 2, 3]);
        rows.Groups.Notes.ShouldHaveSingleItem().ShouldBe(
            "column 'g' writes 3 group(s) in several ways, such as '1' and '1.0', which are the same number and are kept together as one "
                + "group.");
        Should.Throw<DataException>(() => DataSplit.Create(new TableSamples(rows), new SplitSpec(Folds: 5, GroupBy: "g"), 1))
            .Code.ShouldBe("SC3251");
    }

    [Fact]
    public void Texts_that_look_alike_stay_two_groups_and_are_told()
    {
        TorchRuntime.Initialize();
        var rows = Rows(["P1", "p1 ", "p2", "P2", "p3", "p4"]);

        var data = DataSet.Create(new TableSamples(rows), new SplitSpec(0.5, 0.5, 0, GroupBy: "g"), 1, TorchSharp.torch.CPU);

        rows.Groups!.Names.Count.ShouldBe(6);
        data.Warnings.ShouldContain(
            "t.csv: column 'g' has 'P1' and 'p1' and 1 more such groups, which differ only by case, blanks, signs that look alike, points "
                + "or the notation of a number, but they are different groups, so that rows of one may be in two parts and the figures too "
                + "good; write them alike.");
    }

    [Fact]
    public void Numbers_of_more_digits_than_are_kept_stay_apart() =>
        Rows(["12345678901234567", "12345678901234568", "1", "2", "3", "4"]).Groups!.Names.Count.ShouldBe(6);

    private static TableRows Rows(string[] groups) => TableRows.From(
        CsvTable.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(
                "x,g,y\n" + string.Concat(groups.Select((group, i) => $"{i},{group},{(i % 2 == 0 ? "a" : "b")}\n")))),
            "t.csv"),
        null,
        null,
        null,
        "g");
}
