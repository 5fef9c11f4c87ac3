namespace SearchCluster.Contracts.Errors;

/// <summary>Marks a class of codes as a part of the catalog.</summary>
/// <param name="title">Heading above its codes.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ErrorFamilyAttribute(string title) : Attribute
{
    /// <summary>Heading above the codes of the family.</summary>
    public string Title { get; } = title;
}
