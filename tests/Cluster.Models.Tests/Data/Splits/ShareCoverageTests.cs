using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data.Splits;

public sealed class ShareCoverageTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("searchcluster-share-").FullName, "rows.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void A_share_that_lacks_categories_says_so_with_their_names()
    {
        var share = Create().WithTrainingFraction(0.1, 7);

        share.ShareWarning.ShouldNotBeNull().ShouldStartWith(
            "4 of 40 training rows (dataFraction: 0.1) lack 1 of the classes and categories that all of them have, so that trials of this "
                + "stage know nothing of those: 'Oslo' of column 'town'");
    }

    [Fact]
    public void All_rows_and_a_share_that_has_a_row_of_each_say_nothing()
    {
        var all = Create();

        all.ShareWarning.ShouldBeNull();
        ShareCoverage.Missing(all, all.WithTraining(all.Train.Take([0, 1, 39]))).ShouldBeEmpty();
        all.WithTrainingFraction(0.999, 7).ShareWarning.ShouldBeNull();
    }

    [Fact]
    public void Members_that_lack_a_class_or_a_category_are_counted()
    {
        var (all, missed) = (Create(), new MissedByMembers(Create()));

        missed.ToString().ShouldBe("");
        missed.Add(all.WithTraining(all.Train.Take([0, 1, 39])));
        missed.ToString().ShouldBe("");
        missed.Add(all.WithTraining(all.Train.Take([0, 2, 0])));

        missed.ToString().ShouldBe(
            " 1 of 2 members learned from no row of one or more of 2 classes and categories, so that what they say of such rows is a "
                + "guess: 'Oslo' of column 'town', class 'no'.");
    }

    private DataSet Create()
    {
        var rows = new StringBuilder("size,town,y\n");
        for (var i = 0; i < 42; i++)
        {
            rows.Append(i).Append(i == 39 ? ",Oslo," : ",Rome,").Append(i % 2 == 0 ? "yes\n" : "no\n");
        }

        File.WriteAllText(_file, rows.ToString());
        TorchRuntime.Initialize();
        var split = new SplitSpec(TrainRows: new(0, 39), ValidationRows: new(40, 41));
        return DataSet.Create(SampleReader.Read(new(_file, "y", split)), split, 0, TorchSharp.torch.CPU);
    }
}
