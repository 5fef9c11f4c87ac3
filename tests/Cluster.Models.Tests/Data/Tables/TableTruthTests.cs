using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

public sealed class TableTruthTests
{
    private static readonly DataShape Kinds = new([1], TargetKind.Class, ["x"], ["a", "b"], [], ClassColumn: new("kind"));

    private static readonly DataShape Prices = new(
        [1], TargetKind.Class, ["x"], ["at most 10.5", "above 10.5"], [], ClassColumn: new("price", 10.5));

    [Fact]
    public void The_target_of_the_model_is_found_wherever_it_stands() =>
        TableTruth.Labels(Table("kind,x,note\na,1,b\nb,2,a\n"), Kinds).ShouldBe(["a", "b"]);

    [Fact]
    public void Another_target_can_be_named() =>
        TableTruth.Labels(Table("kind,x,note\na,1,b\nb,2,a\n"), Kinds, "note").ShouldBe(["b", "a"]);

    [Fact]
    public void The_threshold_of_the_training_decides_not_that_of_the_file() =>
        TableTruth.Labels(Table("x,price\n1,100\n2,200\n3,10.5\n"), Prices).ShouldBe(["above 10.5", "above 10.5", "at most 10.5"]);

    [Fact]
    public void Labels_of_a_threshold_are_read_too() =>
        TableTruth.Labels(Table("x,price\n1,above 10.5\n"), Prices).ShouldBe(["above 10.5"]);

    [Fact]
    public void A_model_that_does_not_tell_its_target_takes_the_last_column() =>
        TableTruth.Labels(Table("x,kind\n1,b\n"), Kinds with { ClassColumn = null }).ShouldBe(["b"]);

    [Theory]
    [InlineData("A", "did you mean 'a'?")]
    [InlineData("b.", "did you mean 'b'?")]
    [InlineData("c", "It knows a, b.")]
    [InlineData("", "the label is empty")]
    public void A_label_that_the_model_does_not_know_is_told_with_its_place(string label, string message)
    {
        var refused = Should.Throw<DataException>(() => TableTruth.Labels(Table($"x,kind\n1,a\n2,{label}\n"), Kinds));

        refused.Message.ShouldStartWith("t.csv:3:3: ");
        refused.Message.ShouldContain(message);
    }

    [Fact]
    public void Several_numbers_are_read_by_their_names()
    {
        var shape = new DataShape([1], TargetKind.Numbers, ["x"], [], ["rent", "price"]);

        TableTruth.Numbers(Table("price,x,rent\n1700000001,2,3\n"), shape).ShouldBe(new double[,] { { 3, 1700000001 } });
        Should.Throw<DataException>(() => TableTruth.Numbers(Table("price,x,rent\n1,2,3\n"), shape, "price")).Code.ShouldBe("SC3253");
    }

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");
}
