using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data;

public sealed class UnseenTextTests
{
    private const string Towns = "town,y\nUlm,1\nUlm,2\nBonn,3\nBonn,4\nKiel,5\nRome,6\nOslo,7\nOslo,8\n";

    [Fact]
    public void An_unseen_text_is_an_error_by_default()
    {
        var columns = Fit(null);

        columns.CategoriesOf("town")!.ShouldBe(["Bonn", "Kiel", "Ulm"], "a category without a training row keeps the weights of chance");
        columns.Unseen.ShouldBeNull();
        Should.Throw<DataException>(() => Table("town\nOslo\n").Select(columns)).Code.ShouldBe("SC4121", "of the test part only");
        var refused = Should.Throw<DataException>(() => Table("town\nParis\n").Select(columns));
        refused.Code.ShouldBe("SC4121");
        refused.Message.ShouldContain("data.unseen");
    }

    [Fact]
    public void Rows_of_the_other_parts_are_told_by_default()
    {
        var data = Load(null);

        data.Warnings.Single(text => text.Contains("'Rome', 'Oslo'", StringComparison.Ordinal)).ShouldContain(
            "3 row(s) of the validation and test parts hold 2 text(s) that the training part never does ('Rome', 'Oslo'); they are scored "
                + "as none of its categories, and predict refuses them: say data.unseen: ");
        data.Validation.Inputs.data<float>().ToArray().ShouldBe([0f, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void An_error_that_is_asked_for_is_one_in_every_part()
    {
        var refused = Should.Throw<DataException>(() => Load(UnseenPolicy.Error));

        refused.Code.ShouldBe("SC4121");
        refused.Message.ShouldStartWith("t.csv:7:1: column 'town' holds 'Rome' in the validation or test part (3 row(s) there hold 2 such "
            + "text(s))");
        TorchRuntime.Initialize();
        var spec = new TableSpec { Answer = TargetKind.Numbers, Unseen = UnseenPolicy.Error };
        var known = DataSet.Create(
            new TableSamples(TableRows.From(Table(Towns), null, spec), spec),
            new SplitSpec(TrainRows: new(0, 6), ValidationRows: new(7, 7)),
            1,
            TorchSharp.torch.CPU);
        ((TablePreprocessing)known.Preprocessing).Unseen.ShouldBeNull("the model refuses them, as one that was told nothing");
    }

    [Fact]
    public void Each_fold_knows_the_texts_of_its_own_training_rows()
    {
        TorchRuntime.Initialize();
        var spec = new TableSpec { Answer = TargetKind.Numbers };
        for (var fold = 0; fold < 4; fold++)
        {
            var samples = new TableSamples(TableRows.From(Table(Towns), null, spec), spec);
            var split = new SplitSpec(Folds: 4, Fold: fold);
            var train = SearchCluster.Models.Data.Splits.DataSplit.Create(samples, split, 1).Train;

            var columns = (TablePreprocessing)DataSet.Create(samples, split, 1, TorchSharp.torch.CPU).Preprocessing;

            string[] towns = ["Ulm", "Ulm", "Bonn", "Bonn", "Kiel", "Rome", "Oslo", "Oslo"];
            columns.CategoriesOf("town")!.ShouldBe(train.Select(row => towns[row]).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Nothing_is_learned_from_features_without_a_value()
    {
        TorchRuntime.Initialize();
        var spec = new TableSpec { Answer = TargetKind.Numbers, Missing = MissingPolicy.MostFrequent };

        Should.Throw<DataException>(() => DataSet.Create(
            new TableSamples(TableRows.From(Table("town,y\n,1\n,2\nUlm,3\nUlm,4\n"), null, spec), spec),
            new SplitSpec(TrainRows: new(0, 1), ValidationRows: new(2, 3)),
            1,
            TorchSharp.torch.CPU)).Message.ShouldContain("no feature has a value in the training part");
    }

    [Fact]
    public void It_can_be_ignored()
    {
        var columns = Fit(UnseenPolicy.Ignore);

        columns.CategoriesOf("town")!.ShouldBe(["Bonn", "Kiel", "Ulm"], "those of the training part");
        columns.Width.ShouldBe(3);
        columns.Apply([.. Table("town\nParis\nUlm\n").Select(columns).Cast<double>()]).ShouldBe([0f, 0, 0, 0, 0, 1]);
    }

    [Fact]
    public void It_can_be_a_category_of_its_own_that_single_texts_teach()
    {
        var columns = Fit(UnseenPolicy.Category);

        columns.CategoriesOf("town")!.ShouldBe(["Bonn", "Ulm"], "those of two training rows and more");
        columns.Apply([.. Table("town\nParis\nUlm\nKiel\n").Select(columns).Cast<double>()]).ShouldBe([0f, 0, 1, 0, 1, 0, 0, 0, 1]);
    }

    [Fact]
    public void A_category_that_no_training_row_teaches_is_not_guessed()
    {
        TorchRuntime.Initialize();
        var spec = new TableSpec { Unseen = UnseenPolicy.Category };
        var data = DataSet.Create(
            new TableSamples(TableRows.From(Table("town,y\nUlm,a\nUlm,b\nBonn,a\nBonn,b\n"), null, spec), spec),
            new SplitSpec(TrainRows: new(0, 1), ValidationRows: new(2, 3)),
            1,
            TorchSharp.torch.CPU);

        var columns = (TablePreprocessing)data.Preprocessing;
        columns.Width.ShouldBe(1);
        data.Warnings.ShouldContain(
            text => text.Contains("which would teach a category for texts yet unseen; they are ignored there", StringComparison.Ordinal));
        data.Validation.Inputs.data<float>().ToArray().ShouldBe([0f, 0]);
    }

    [Fact]
    public void Rows_of_the_other_parts_are_counted()
    {
        var warning = Load(UnseenPolicy.Ignore).Warnings.Single(text => text.Contains("town", StringComparison.Ordinal));

        warning.ShouldContain(
            "3 row(s) of the validation and test parts hold 2 text(s) that the training part never does ('Rome', 'Oslo'); data.unseen "
                + "ignores them");
    }

    [Fact]
    public void Rows_to_predict_are_counted()
    {
        UnseenTexts.Find(Table("town\nParis\nUlm\nParis\nRom\n"), Fit(UnseenPolicy.Category)).ShouldHaveSingleItem()
            .ShouldContain(
                "3 row(s) to predict hold 2 text(s) that have no category of their own, since the training part holds each in one row at "
                    + "most ('Paris', 'Rom'); data.unseen takes them for a category of their own where training taught one");
        UnseenTexts.Find(Table("town\nUlm\n"), Fit(UnseenPolicy.Ignore)).ShouldBeEmpty();
    }

    private static TablePreprocessing Fit(UnseenPolicy? unseen) => (TablePreprocessing)Load(unseen).Preprocessing;

    private static DataSet Load(UnseenPolicy? unseen)
    {
        TorchRuntime.Initialize();
        var spec = new TableSpec { Answer = TargetKind.Numbers, Unseen = unseen };
        return DataSet.Create(
            new TableSamples(TableRows.From(Table(Towns), null, spec), spec),
            new SplitSpec(TrainRows: new(0, 4), ValidationRows: new(5, 6), TestRows: new(7, 7)),
            1,
            TorchSharp.torch.CPU);
    }

    private static CsvTable Table(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");
}
