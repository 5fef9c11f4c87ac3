using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Tests.Configuration;

public sealed class SearchConfigurationTests
{
    public enum Kind
    {
        Plain,
        LeakyRelu,
    }

    public sealed record Options
    {
        [SearchRange(1e-4, 1e-1, Log = true), Description("Step size.")]
        public double LearningRate { get; init; } = 1e-3;

        [SearchRange(1, 8)]
        public int Layers { get; init; } = 2;

        [SearchItems(16, 32, 64, IsOrdered = true)]
        public int Width { get; init; } = 32;

        [SearchItems("sgd", "adam")]
        public string Optimizer { get; init; } = "adam";

        public Kind Kind { get; init; }

        public bool Bias { get; init; } = true;

        [SearchRange(0, 0.9), SearchWhen(nameof(Optimizer), "sgd")]
        public float Momentum { get; init; } = 0.5f;
    }

    [Fact]
    public void The_space_is_what_the_attributes_say()
    {
        var space = SearchConfiguration<Options>.Space;

        space.Parameters
            .Select(parameter => parameter.Name)
            .ShouldBe(["learningRate", "layers", "width", "optimizer", "kind", "bias", "momentum"]);
        space.Parameters[0].Domain.ShouldBe(new RealDomain(1e-4, 1e-1, IsLog: true));
        space.Parameters[0].Description.ShouldBe("Step size.");
        space.Parameters[1].Domain.ShouldBe(new IntegerDomain(1, 8));
        space.Parameters[2].Domain.ShouldBe(
            new ItemDomain([ParameterValue.Integer(16), ParameterValue.Integer(32), ParameterValue.Integer(64)], IsOrdered: true));
        space.Parameters[4].Domain.ShouldBe(new ItemDomain([ParameterValue.Text("plain"), ParameterValue.Text("leaky-relu")]));
        space.Parameters[6].IsActive(ParameterValues.Empty.With("optimizer", ParameterValue.Text("sgd"))).ShouldBeTrue();
        space.Parameters[6].IsActive(ParameterValues.Empty.With("optimizer", ParameterValue.Text("adam"))).ShouldBeFalse();
    }

    [Fact]
    public void A_descriptor_accepts_the_whole_range_and_knows_the_default()
    {
        var rate = SearchConfiguration<Options>.Descriptors[0];

        rate.Domain.ShouldBe(new RealDomain(1e-4, 1e-1));
        rate.Default.ShouldBe(ParameterValue.Real(1e-3));
    }

    [Fact]
    public void An_instance_holds_the_values_and_defaults_elsewhere()
    {
        var options = SearchConfiguration<Options>.Read(ParameterValues.Empty
            .With("learningRate", ParameterValue.Real(0.05))
            .With("width", ParameterValue.Integer(64))
            .With("kind", ParameterValue.Text("leaky-relu"))
            .With("bias", ParameterValue.Boolean(false)));

        options.ShouldBe(new Options { LearningRate = 0.05, Width = 64, Kind = Kind.LeakyRelu, Bias = false });
    }

    [Fact]
    public void A_word_that_no_member_of_an_enumeration_has_is_told_with_its_property() =>
        Should.Throw<ConfigurationException>(
            () => SearchConfiguration<Options>.Read(ParameterValues.Empty.With("kind", ParameterValue.Text("magic")))).Message
            .ShouldBe("'kind' is magic, but property Options.Kind is of type Kind; correct the value.");

    [Fact]
    public void What_cannot_be_searched_is_told_with_its_property()
    {
        Told<NoRange>().ShouldContain("NoRange.Rate cannot be searched: it is a number without a range");
        Told<Outside>().ShouldContain("its default 5 is not among its values");
        Told<Dates>().ShouldContain("it is of type DateTime");
        Told<Backwards>().ShouldContain("its range is 2 … 1");
        Told<Later>().ShouldContain("depends on 'other'");
        Told<Nothing>().ShouldContain("nothing to search");
    }

    private static string Told<T>()
        where T : class, new() => Should.Throw<ConfigurationException>(() => SearchConfiguration<T>.Space).Message;

    public sealed class NoRange
    {
        public double Rate { get; set; }
    }

    public sealed class Outside
    {
        [SearchRange(0, 1)]
        public int Layers { get; set; } = 5;
    }

    public sealed class Dates
    {
        public DateTime Day { get; set; }
    }

    public sealed class Backwards
    {
        [SearchRange(2, 1)]
        public double Rate { get; set; } = 1;
    }

    public sealed class Later
    {
        [SearchRange(0, 1), SearchWhen("Other", true)]
        public double Rate { get; set; }

        public bool Other { get; set; }
    }

    public sealed class Nothing
    {
        public double Rate => 1;
    }
}
