using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using TorchSharp;

namespace SearchCluster.Models.Tests.Data;

public sealed class TrainingFractionTests
{
    private static DataSet Digits() => DataSetCache.Shared.Get(new DataSpec("digits", null, new SplitSpec()), 7, torch.CPU);

    [Fact]
    public void A_share_is_a_subset_of_a_larger_one_and_leaves_the_other_parts_alone()
    {
        var all = Digits();
        var half = all.WithTrainingFraction(0.5, 7);
        var tenth = all.WithTrainingFraction(0.1, 7);

        half.Train.Rows.ShouldBe((int)Math.Round(0.5 * all.Train.Rows));
        tenth.Train.Rows.ShouldBe((int)Math.Round(0.1 * all.Train.Rows));
        half.Validation.ShouldBeSameAs(all.Validation);
        half.Test.ShouldBeSameAs(all.Test);
        Rows(tenth).ShouldBeSubsetOf(Rows(half));
        Rows(half).ShouldBeSubsetOf(Rows(all));
    }

    [Fact]
    public void The_same_share_is_made_once_and_all_of_it_is_the_data_set_itself()
    {
        var all = Digits();

        all.WithTrainingFraction(0.3, 7).ShouldBeSameAs(all.WithTrainingFraction(0.3, 7));
        all.WithTrainingFraction(1, 7).ShouldBeSameAs(all);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double fraction) =>
        Should.Throw<WorkloadConfigurationException>(() => Digits().WithTrainingFraction(fraction, 7)).Message
            .ShouldContain("must be above 0 and at most 1");

    private static HashSet<string> Rows(DataSet data)
    {
        var values = data.Train.Inputs.data<float>().ToArray();
        return [.. values.Chunk(data.Shape.Columns.Count).Select(row => string.Join(',', row))];
    }
}
