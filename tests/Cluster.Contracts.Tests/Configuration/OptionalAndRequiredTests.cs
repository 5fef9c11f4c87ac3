using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Tests.Configuration;

/// <summary>A hyperparameter without a default is worked out by its owner, or must be given.</summary>
public sealed class OptionalAndRequiredTests
{
    [Fact]
    public void A_property_that_is_null_is_optional_and_one_that_is_required_has_no_default()
    {
        var descriptors = SearchConfiguration<Partly>.Descriptors;

        descriptors.Select(descriptor => (descriptor.Name, descriptor.Default, descriptor.IsOptional)).ShouldBe(
            [("size", null, true), ("kind", null, false), ("share", ParameterValue.Real(0.5), false)]);
        descriptors[0].Domain.ShouldBe(new IntegerDomain(2, 8));
    }

    [Fact]
    public void Values_are_read_into_them()
    {
        var given = ParameterValues.Empty.With("size", ParameterValue.Integer(4)).With("kind", ParameterValue.Text("b"));

        SearchConfiguration<Partly>.Read(given).ShouldBe(new Partly { Size = 4, Kind = "b" });
        SearchConfiguration<Partly>.Read(ParameterValues.Empty.With("kind", ParameterValue.Text("a"))).Size.ShouldBeNull();
    }

    [Fact]
    public void What_is_needed_and_not_given_is_named() =>
        Should.Throw<ConfigurationException>(() => SearchConfiguration<Partly>.Read(ParameterValues.Empty)).Message
            .ShouldBe("kind is not given, but is needed: Which one. Give it.");

    private sealed record Partly
    {
        [SearchRange(2, 8)]
        public int? Size { get; init; }

        [Required, SearchItems("a", "b"), Description("Which one.")]
        public string Kind { get; init; } = "";

        [SearchRange(0, 1)]
        public double? Share { get; init; } = 0.5;
    }
}
