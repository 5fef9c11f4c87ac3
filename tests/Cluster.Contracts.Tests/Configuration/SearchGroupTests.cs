using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Tests.Configuration;

/// <summary>Options that several classes share are written once and taken in as a group.</summary>
public sealed class SearchGroupTests
{
    [Fact]
    public void Properties_of_a_group_stand_where_the_group_does() =>
        SearchConfiguration<Grouped>.Descriptors
            .Select(descriptor => descriptor.Name)
            .ShouldBe(["width", "dropout", "dropoutSamples", "depth"]);

    [Fact]
    public void Values_go_to_the_group_and_others_keep_their_defaults()
    {
        var read = SearchConfiguration<Grouped>.Read(
            name => name switch { "dropout" => ParameterValue.Real(0.25), "depth" => ParameterValue.Integer(3), _ => null });

        (read.Width, read.Dropouts.Dropout, read.Dropouts.DropoutSamples, read.Depth).ShouldBe((2, 0.25, 0, 3));
        new Grouped().Dropouts.Dropout.ShouldBe(0, "an instance is read for itself");
    }

    [Fact]
    public void A_name_that_occurs_twice_is_refused() =>
        Should.Throw<ConfigurationException>(() => SearchConfiguration<Twice>.Descriptors).Message.ShouldContain("has the same name");

    private sealed record Grouped
    {
        [SearchRange(1, 8)]
        public int Width { get; init; } = 2;

        [SearchGroup]
        public DropoutOptions Dropouts { get; init; } = new();

        [SearchRange(1, 8)]
        public int Depth { get; init; } = 1;
    }

    private sealed record Twice
    {
        [SearchRange(0, 1)]
        public double Dropout { get; init; }

        [SearchGroup]
        public DropoutOptions Dropouts { get; init; } = new();
    }
}
