// The types of the package Amazon.JSII.Runtime that generated code names, without what they do.
#nullable enable
using System;
using System.Runtime.CompilerServices;

namespace Amazon.JSII.Runtime.Deputy
{
    public sealed class ByRefValue { }

    public sealed class DeputyProps
    {
        public DeputyProps(object?[]? arguments = null) { }
    }

    public abstract class AnonymousObject : DeputyBase
    {
        protected AnonymousObject(ByRefValue reference) : base(reference) { }
    }

    public abstract class DeputyBase
    {
        protected DeputyBase(DeputyProps props) { }
        protected DeputyBase(ByRefValue reference) { }
        protected static T GetStaticProperty<T>(Type type, [CallerMemberName] string name = "") => default!;
        protected static void SetStaticProperty<T>(Type type, T value, [CallerMemberName] string name = "") { }
        protected static T InvokeStaticMethod<T>(Type type, Type[] types, object?[] arguments, [CallerMemberName] string name = "") => default!;
        protected static void InvokeStaticVoidMethod(Type type, Type[] types, object?[] arguments, [CallerMemberName] string name = "") { }
        protected T GetInstanceProperty<T>([CallerMemberName] string name = "") => default!;
        protected void SetInstanceProperty<T>(T value, [CallerMemberName] string name = "") { }
        protected T InvokeInstanceMethod<T>(Type[] types, object?[] arguments, [CallerMemberName] string name = "") => default!;
        protected void InvokeInstanceVoidMethod(Type[] types, object?[] arguments, [CallerMemberName] string name = "") { }
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class JsiiAssemblyAttribute : Attribute
    {
        public JsiiAssemblyAttribute(string name, string version, string tarball) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiByValueAttribute : Attribute
    {
        public JsiiByValueAttribute(string fqn) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiClassAttribute : Attribute
    {
        public JsiiClassAttribute(Type nativeType, string fullyQualifiedName, string? parametersJson = null) { }
    }

    [AttributeUsage(AttributeTargets.Enum)]
    public sealed class JsiiEnumAttribute : Attribute
    {
        public JsiiEnumAttribute(Type nativeType, string fullyQualifiedName) { }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class JsiiEnumMemberAttribute : Attribute
    {
        public JsiiEnumMemberAttribute(string name) { }
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class JsiiInterfaceAttribute : Attribute
    {
        public JsiiInterfaceAttribute(Type nativeType, string fullyQualifiedName) { }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class JsiiMethodAttribute : Attribute
    {
        public JsiiMethodAttribute(string name, string? returnsJson = null, string? parametersJson = null, bool isAsync = false, bool isOverride = false) { }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiOptionalAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiPropertyAttribute : Attribute
    {
        public JsiiPropertyAttribute(string name, string typeJson, bool isOptional = false, bool isOverride = false) { }
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    public sealed class JsiiTypeAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiTypeProxyAttribute : Attribute
    {
        public JsiiTypeProxyAttribute(Type nativeType, string fullyQualifiedName) { }
    }
}
