namespace SearchCluster.Search.Catalogs;

/// <summary>
/// The options of a sampler or a scheduler: each is a property with its range, its default and its description, and what the algorithm is
/// called stands with them. Specs, their schema, explanations and documentation are checked and written from here.
/// </summary>
/// <remarks>
/// An option whose property can be null is worked out by the algorithm where a spec gives none; one with
/// <see cref="System.ComponentModel.DataAnnotations.RequiredAttribute"/> must be given.
/// </remarks>
public interface IAlgorithmOptions
{
    /// <summary>Name and traits; its options are those of the class, by <see cref="AlgorithmDescriptor.Of{TOptions}"/>.</summary>
    static abstract AlgorithmDescriptor Descriptor { get; }
}
