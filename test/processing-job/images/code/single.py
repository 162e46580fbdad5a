"""A script by itself."""
print('hello')
